import {type Assertion, type Syntax, Unsupported} from './syntax.ts';
import type {UnitSet} from './unit-set.ts';

/** One place in a pattern; numbers are places to go on at. */
export type Instruction =
  | {kind: 'unit'; set: UnitSet; next: number}
  | {kind: 'split'; ways: number[]}
  | {kind: 'assert'; what: Assertion; next: number}
  | {kind: 'matched'};

export type Program = {code: readonly Instruction[]; start: number};

/** Counts are written out, so `(a{99}){99}` would be long; each unit of a text costs at most this much work. */
const longest = 2_000;

/** The pattern as a machine that goes all its ways at once and never back. Throws Unsupported when it is too long. */
export function compileProgram(syntax: Syntax): Program {
  const code: Instruction[] = [];

  function put<One extends Instruction>(instruction: One): number {
    if (code.length >= longest) throw new Unsupported('the pattern is too long');
    return code.push(instruction) - 1;
  }

  /** Where to start for `part`, going on at `next`. */
  function compile(part: Syntax, next: number): number {
    switch (part.kind) {
      case 'unit':
        return put({kind: 'unit', set: part.set, next});
      case 'assert':
        return put({kind: 'assert', what: part.what, next});
      case 'sequence':
        return part.parts.reduceRight((after, one) => compile(one, after), next);
      case 'choice':
        return put({kind: 'split', ways: part.options.map(option => compile(option, next))});
      case 'repeat':
        return repeat(part, next);
    }
  }

  function repeat({part, least, most}: Extract<Syntax, {kind: 'repeat'}>, next: number): number {
    let start = next;
    if (most === Number.POSITIVE_INFINITY) {
      const ways = [next];
      start = put({kind: 'split', ways});
      ways.push(compile(part, start));
    } else {
      for (let count = least; count < most; count++) start = put({kind: 'split', ways: [next, compile(part, start)]});
    }
    // Each round takes room or the part is empty, and then one round is as good as many.
    for (let count = 0; count < least; count++) {
      const before = start;
      start = compile(part, start);
      if (start === before) break;
    }
    return start;
  }

  const matched = put({kind: 'matched'});
  return {start: compile(syntax, matched), code};
}
