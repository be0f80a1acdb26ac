import {nearest} from '../../text/nearest.ts';
import type {AppState} from '../state/app-state.ts';
import {fuzzyScore} from '../ui/fuzzy.ts';
import type {Argument} from './argument.ts';
import {type Binding, wordsOf} from './binding.ts';
import {bindingsOf} from './bindings.ts';

/** One line of the command palette: a binding by its name, with an argument where one has been chosen. */
export type Suggestion = {
  binding: Binding;
  /** What running it looks like: `rate`, `theme light`. */
  text: string;
  argument?: string;
  words: string;
  keys: string;
  /** Why it does nothing at the moment. */
  off?: string;
};

/** `copyUrl` is called copy-url. */
export const nameOf = ({id}: Binding): string => id.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`);

/** Every binding but the palette's own; those that mean something here first. */
function commands(state: AppState): Suggestion[] {
  const all = bindingsOf(state)
    .filter(({id}) => id !== 'palette')
    .map(binding => suggestion(binding, state));
  return [...all.filter(({off}) => off === undefined), ...all.filter(({off}) => off !== undefined)];
}

function suggestion(binding: Binding, state: AppState): Suggestion {
  const {keys, shown, when, off} = binding;
  const reason = when(state) ? off?.(state) : 'not here';
  return {
    binding,
    text: nameOf(binding),
    words: wordsOf(binding, state),
    keys: keys.length === 0 ? '' : shown,
    ...(reason !== undefined && {off: reason}),
  };
}

/** What was typed, taken apart: the name of a command and its argument, once the name is followed by a space. */
function parse(typed: string): {name: string; argument?: string} {
  const at = typed.trimStart().indexOf(' ');
  if (at < 0) return {name: typed.trim()};
  const text = typed.trimStart();
  return {name: text.slice(0, at), argument: text.slice(at + 1).trim()};
}

/** The commands that fit what has been typed, the best first; all of them while nothing has. */
export function suggestions(state: AppState, typed: string): Suggestion[] {
  const all = commands(state);
  const {name, argument} = parse(typed);
  const meant = argument === undefined ? undefined : all.find(({text}) => text === name);
  if (meant && argument !== undefined) return withArgument(meant, argument, meant.binding.argument);
  if (typed.trim() === '') return all;
  return all
    .flatMap(one => {
      const score = scoreOf(one, typed);
      return score === undefined ? [] : [{one, score}];
    })
    .sort((a, b) => b.score - a.score)
    .map(({one}) => one);
}

/** The name counts more than the words, and what can be run more than what cannot. */
function scoreOf({text, words, off}: Suggestion, typed: string): number | undefined {
  const byName = fuzzyScore(typed, text);
  const byWords = fuzzyScore(typed, words);
  if (byName === undefined && byWords === undefined) return undefined;
  const exact = text === typed.trim() ? 100_000 : 0;
  return Math.max((byName ?? -1_000_000) + 300, byWords ?? -1_000_000) + exact - (off === undefined ? 0 : 200);
}

function withArgument(command: Suggestion, typed: string, argument: Argument | undefined): Suggestion[] {
  if (!argument) return typed === '' ? [command] : [];
  const one = (text: string): Suggestion => ({...command, text: `${command.text} ${text}`.trimEnd(), argument: text});
  if (!argument.choices) return [typed === '' ? command : one(typed)];
  const fitting = argument.choices.filter(choice => fuzzyScore(typed, choice) !== undefined);
  return fitting.map(one);
}

/** What to say where nothing fits: the nearest name, or what the command takes. */
export function noSuggestion(state: AppState, typed: string): {words: string; meant?: string} {
  const {name, argument} = parse(typed);
  const known = commands(state).find(({text}) => text === name);
  if (known && argument !== undefined) {
    const takes = known.binding.argument?.misfit(argument) ?? 'takes nothing more';
    return {words: `${name} ${takes}`};
  }
  const meant = nearest(
    name,
    commands(state).map(({text}) => text),
  );
  return {words: `There is no command "${name}"`, ...(meant !== undefined && {meant})};
}
