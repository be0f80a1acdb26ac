import {bindingsOf} from '../keys/bindings.ts';
import {safeLine} from '../presentation/safe-line.ts';
import type {AppState} from '../state/app-state.ts';
import type {Line} from './line.ts';
import {lineWidth, span, spread} from './line.ts';
import {readFilter} from './matches.ts';
import type {View} from './viewport.ts';

/** The last row: the keys that mean something here, the least important left out where it is narrow. */
export function footer(state: AppState, width: number): Line {
  const {toast, dashboard} = state;
  if (dashboard?.filtering) return filterPrompt(dashboard.views[dashboard.filtering], width);
  if (toast && toast.until > state.now) return [span(` ${marks[toast.tone]} ${safeLine(toast.text)}`, toast.tone)];
  if (state.overlay) return [];
  const bindings = bindingsOf(state);
  const offered = bindings
    .filter(binding => binding.footer !== undefined && binding.when(state))
    // What a replay has no use for leaves its place to what it has.
    .filter(binding => !state.replay || binding.off?.(state) === undefined)
    .sort((a, b) => a.footer! - b.footer!)
    .map(binding => {
      const label = typeof binding.label === 'string' ? binding.label : binding.label(state);
      const off = binding.off?.(state) !== undefined;
      const line: Line = [span(binding.shown, off ? 'muted' : 'key'), span(` ${label}`, off ? 'muted' : 'plain')];
      return {binding, line};
    });
  const quit = offered.find(({binding}) => binding.id === 'quit');
  let room = width - (quit ? lineWidth(quit.line) + 2 : 0);
  const kept = new Set<string>();
  for (const {binding, line} of offered) {
    if (binding.id === 'quit' || lineWidth(line) + 2 > room) continue;
    room -= lineWidth(line) + 2;
    kept.add(binding.id);
  }
  const inOrder = offered
    .filter(({binding}) => kept.has(binding.id))
    .sort((a, b) => bindings.indexOf(a.binding) - bindings.indexOf(b.binding));
  const left = inOrder.flatMap(({line}, index) => [span(index === 0 ? ' ' : '  '), ...line]);
  return spread(left, quit ? [...quit.line, span(' ')] : [], width);
}

const marks = {ok: '✓', soon: '!', error: '✕'};

function filterPrompt({filter, typed}: View, width: number): Line {
  const keys: Line = [
    ...(typed.length > 0 && width >= 100 ? [span('↑', 'key'), span(' earlier  ')] : []),
    span('↵', 'key'),
    span(' keep  '),
    span('esc', 'key'),
    span(' clear '),
  ];
  return spread([span(' / ', 'key'), span(safeLine(filter)), span('▏ ', 'accent'), ...howTaken(filter)], keys, width);
}

/** What the filter is taken for, and why not for more. */
function howTaken(filter: string): Line {
  const {empty, inverted, regex, exactCase, problem} = readFilter(filter);
  if (empty) return [span('text or regular expression, ! inverts', 'muted')];
  const words = [regex ? 'regex' : 'text', inverted ? 'inverted' : '', exactCase ? 'case matters' : '']
    .filter(Boolean)
    .join(', ');
  return problem === undefined ? [span(words, 'muted')] : [span(`${words}: ${problem}`, 'soon')];
}
