import {anyUnit, classes, either, not, range, rangeInAnyCase, type UnitSet} from './unit-set.ts';

export type Assertion = 'start' | 'end' | 'word' | 'not-word';

/** A pattern taken apart. Groups are gone: nothing asks what they took. */
export type Syntax =
  | {kind: 'unit'; set: UnitSet}
  | {kind: 'assert'; what: Assertion}
  | {kind: 'sequence'; parts: readonly Syntax[]}
  | {kind: 'choice'; options: readonly Syntax[]}
  | {kind: 'repeat'; part: Syntax; least: number; most: number};

/** Thrown for what no pattern here can have; the message says what, for the user. */
export class Unsupported extends Error {}

const escaped: Readonly<Record<string, number>> = {n: 10, r: 13, t: 9, v: 11, f: 12, 0: 0};

/** Takes a valid JavaScript regular expression apart. Throws Unsupported for back references and looking around. */
export function parsePattern(source: string, ignoreCase: boolean): Syntax {
  const units = ignoreCase ? rangeInAnyCase : range;
  let at = 0;
  const peek = () => source[at];
  const take = (expression: RegExp): RegExpExecArray | null => {
    expression.lastIndex = at;
    const found = expression.exec(source);
    if (found) at += found[0].length;
    return found;
  };

  function choice(): Syntax {
    const options = [sequence()];
    while (take(/\|/y)) options.push(sequence());
    return options.length === 1 ? options[0]! : {kind: 'choice', options};
  }

  function sequence(): Syntax {
    const parts: Syntax[] = [];
    while (at < source.length && peek() !== '|' && peek() !== ')') parts.push(repeated(atom()));
    return {kind: 'sequence', parts};
  }

  /** What matches does not depend on greed, so a `?` behind a count says nothing. */
  function repeated(part: Syntax): Syntax {
    const simple = take(/([*+?])\??/y)?.[1];
    if (simple !== undefined) {
      return {kind: 'repeat', part, least: simple === '+' ? 1 : 0, most: simple === '?' ? 1 : Number.POSITIVE_INFINITY};
    }
    const counted = take(/\{(\d+)(,?)(\d*)\}\??/y);
    if (!counted) return part;
    const least = Number(counted[1]);
    const most = counted[3] !== '' ? Number(counted[3]) : counted[2] === ',' ? Number.POSITIVE_INFINITY : least;
    return {kind: 'repeat', part, least, most};
  }

  function atom(): Syntax {
    if (take(/\(\?(?:=|!|<=|<!)/y)) throw new Unsupported('looking ahead or behind is not supported');
    if (take(/\((?:\?:|\?<[^>]*>)?/y)) {
      const inner = choice();
      take(/\)/y);
      return inner;
    }
    if (take(/\[/y)) return {kind: 'unit', set: unitClass()};
    if (take(/\./y)) return {kind: 'unit', set: anyUnit};
    if (take(/\^/y)) return {kind: 'assert', what: 'start'};
    if (take(/\$/y)) return {kind: 'assert', what: 'end'};
    if (take(/\\b/y)) return {kind: 'assert', what: 'word'};
    if (take(/\\B/y)) return {kind: 'assert', what: 'not-word'};
    if (/^\\(?:[1-9]|k<)/.test(source.slice(at))) throw new Unsupported('back references are not supported');
    const unit = unitOrClass();
    return {kind: 'unit', set: typeof unit === 'number' ? units(unit, unit) : unit};
  }

  function unitClass(): UnitSet {
    const negated = take(/\^/y) !== null;
    const sets: UnitSet[] = [];
    while (at < source.length && peek() !== ']') {
      const first = unitOrClass(true);
      const isRange = peek() === '-' && at + 1 < source.length && source[at + 1] !== ']';
      if (!isRange) {
        sets.push(typeof first === 'number' ? units(first, first) : first);
        continue;
      }
      at += 1;
      const last = unitOrClass(true);
      if (typeof first === 'number' && typeof last === 'number') sets.push(units(first, last));
      // A class beside a hyphen, as in [\w-.]: three members of their own.
      else for (const one of [first, 0x2d, last]) sets.push(typeof one === 'number' ? units(one, one) : one);
    }
    take(/\]/y);
    return negated ? not(either(sets)) : either(sets);
  }

  function unitOrClass(inClass = false): number | UnitSet {
    const coded = take(/\\(?:x([0-9a-f]{2})|u([0-9a-f]{4}))/iy);
    if (coded) return Number.parseInt(coded[1] ?? coded[2]!, 16);
    const control = take(/\\c([a-z])/iy)?.[1];
    if (control !== undefined) return control.charCodeAt(0) % 32;
    if (!take(/\\/y)) return source.charCodeAt(at++);
    const letter = source[at++] ?? '\\';
    if (inClass && letter === 'b') return 8;
    return classes[letter] ?? escaped[letter] ?? letter.charCodeAt(0);
  }

  return choice();
}
