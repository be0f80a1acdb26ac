import type {Environment} from '../../lifecycle/environment.ts';
import {type MissingEvents, missingEvents} from '../../lifecycle/missing-events.ts';
import type {Line, Tone} from '../ui/line.ts';
import {span} from '../ui/line.ts';
import {took} from './clock.ts';

type Note = {glyph: string; word: string; tone: Tone; of(environment: Environment): string | undefined};

const missing: Note = {
  glyph: '?',
  word: 'missing',
  tone: 'soon',
  of: environment => (environment.missing > 0 ? missingWords(environment) : undefined),
};

const reset: Note = {
  glyph: '↻',
  word: 'reset',
  tone: 'gone',
  of: ({generation}) => (generation > 1 ? `reset, generation ${generation}` : undefined),
};

const proactive: Note = {
  glyph: '⇡',
  word: 'proactive',
  tone: 'init',
  of: ({proactive, invocations}) => {
    // Known by its SHUTDOWN alone: it was started ahead of a demand that never came.
    if (invocations === 0) return 'proactive init, never used';
    return proactive ? 'proactive init' : undefined;
  },
};

/** What is unusual about an environment, the most important first. */
const notes = [missing, reset, proactive];

/** Their glyphs, in `width` cells. */
export function noteMarks(environment: Environment, width: number): Line {
  const found = notes.filter(note => note.of(environment) !== undefined).slice(0, width);
  return [...found.map(({glyph, tone}) => span(glyph, tone)), span(' '.repeat(width - found.length))];
}

/** What the glyphs of these environments mean, one by one: only those that are there. */
export const noteLegends = (environments: readonly Environment[]): Line[] =>
  notes
    .filter(note => environments.some(one => note.of(one) !== undefined))
    .map(({glyph, word, tone}) => [span(`  ${glyph}`, tone), span(` ${word}`, 'muted')]);

/** In words: `1 event missing: sequence 4 · reset, generation 2 · proactive init · init 318 ms`. */
export function noteWords(environment: Environment): string {
  const {initMs} = environment;
  const found = notes.map(note => note.of(environment));
  return [...found, initMs === undefined ? undefined : `init ${took(initMs)}`].filter(Boolean).join(' · ');
}

const namedMost = 3;

/** `1 event missing: sequence 4`. Those older than the activities that are kept have no number any more. */
export function missingWords(environment: Environment): string {
  const {missing: count} = environment;
  const stretches = missingEvents(environment);
  const what = `${count} event${count === 1 ? '' : 's'} missing`;
  if (stretches.length === 0) return what;
  const shown = stretches.slice(-namedMost);
  const numbers = shown.reduce((sum, {first, last}) => sum + last - first + 1, 0);
  return `${what}: sequence ${numbers < count ? '… ' : ''}${shown.map(sequenceWords).join(', ')}`;
}

/** `4`, or `4–6`. */
export const sequenceWords = ({first, last}: MissingEvents): string =>
  first === last ? String(first) : `${first}–${last}`;
