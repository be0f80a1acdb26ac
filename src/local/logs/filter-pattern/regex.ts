import {isIn, readRegexProgram, type Step} from './regex-program.ts';

/** Whether some part of a text fits. */
export type Finder = (text: string) => boolean;

/**
 * CloudWatch's limited regular expressions: letters, digits, some symbols, classes, `. ^ $ | * + ? {m,n}` and escapes;
 * no groups, no characters beyond ASCII. Throws InvalidParameterException on all else.
 * All ways to match are followed at once, so that the time grows with the text only.
 */
export function compileRegex(source: string): Finder {
  const {steps, starts} = readRegexProgram(source);
  return text => finds(steps, starts, text);
}

function finds(steps: readonly Step[], starts: readonly number[], text: string): boolean {
  /** By step: up to which place of the text it has been entered. */
  const entered = new Int32Array(steps.length).fill(-1);
  const here: number[] = [];
  let reached: number[] = [];
  for (let at = 0; at <= text.length; at += 1) {
    here.length = 0;
    const last = at === text.length;
    /** Goes on to what may come next without another character; true at the end of an alternative. */
    const enter = (first: number): boolean => {
      for (let state = first; entered[state] !== at; state += 1) {
        entered[state] = at;
        const {kind} = steps[state]!;
        if (kind === 'found') return true;
        if ((kind === 'start' && at > 0) || (kind === 'end' && !last)) return false;
        here.push(state);
        if (kind === 'one') return false;
      }
      return false;
    };
    for (const state of reached) if (enter(state)) return true;
    for (const state of starts) if (enter(state)) return true;
    const code = text.charCodeAt(at);
    reached = [];
    for (const state of here) {
      const step = steps[state]!;
      if ('fits' in step && isIn(step.fits, code)) reached.push(step.kind === 'repeated' ? state : state + 1);
    }
  }
  return false;
}
