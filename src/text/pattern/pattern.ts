import {createAutomaton} from './automaton.ts';
import {compileProgram} from './program.ts';
import {parsePattern, Unsupported} from './syntax.ts';

/** A regular expression that takes time in proportion to the text and no more. */
export type Pattern = {
  test(text: string): boolean;
  /** Where it matches, from left to right: start and end of each, the longest from its start. Empty matches are left out. */
  ranges(text: string): [start: number, end: number][];
};

/** Ranges are for looks: a text where they take more steps than this keeps those found until then. */
const mostSteps = 20_000;

/**
 * Reads a regular expression of JavaScript's. Other than JavaScript's own it never goes back in the text, so no pattern
 * and no text can hang it; what cannot be had that way, or is no regular expression, is refused with the reason.
 */
export function readPattern(source: string, ignoreCase: boolean): Pattern | {unusable: string} {
  try {
    new RegExp(source);
    const automaton = createAutomaton(compileProgram(parsePattern(source, ignoreCase)));
    return {
      test: automaton.test,
      ranges(text) {
        const found: [number, number][] = [];
        const steps = {left: mostSteps};
        for (let from = 0; from < text.length && steps.left > 0; from++) {
          const end = automaton.matchEnd(text, from, steps);
          if (end <= from) continue;
          found.push([from, end]);
          from = end - 1;
        }
        return found;
      },
    };
  } catch (error) {
    if (error instanceof Unsupported) return {unusable: error.message};
    if (error instanceof SyntaxError) return {unusable: 'not a valid regular expression'};
    throw error;
  }
}
