import {refusePattern} from './cursor.ts';

/** One step: a character, one that may be missing, one that may come again, or a place. */
export type Step = {kind: 'one' | 'optional' | 'repeated'; fits: Characters} | {kind: 'start' | 'end' | 'found'};
/** By character code; what is not ASCII is either all in or all out. */
type Characters = {ascii: Uint8Array; others: boolean};

/** Enough for every address and date; keeps the work for one character bounded. */
const maxSteps = 300;
/** What AWS allows unescaped besides its operators. */
const plain = /[A-Za-z0-9:_#=@/;,-]/;
const shorthand: Readonly<Record<string, RegExp>> = {d: /\d/, s: /[ \t\n\v\f\r]/, w: /\w/};

/** The steps of all alternatives, one after the other, each with a `found` at its end; and where each begins. */
type RegexProgram = {steps: readonly Step[]; starts: readonly number[]};

/** Throws InvalidParameterException on what CloudWatch does not take. */
export function readRegexProgram(source: string): RegexProgram {
  return new RegexParser(source).program();
}

export const isIn = ({ascii, others}: Characters, code: number): boolean => (code < 128 ? ascii[code] === 1 : others);

class RegexParser {
  private readonly source: string;
  private at = 0;
  private readonly steps: Step[] = [];

  constructor(source: string) {
    this.source = source;
  }

  program(): RegexProgram {
    if (this.source === '') refusePattern();
    const starts = [0];
    while (this.at < this.source.length) {
      if (this.takes('|')) {
        this.add({kind: 'found'});
        starts.push(this.steps.length);
      } else if (this.takes('^')) this.add({kind: 'start'});
      else if (this.takes('$')) this.add({kind: 'end'});
      else this.addRepeated(this.character());
    }
    this.add({kind: 'found'});
    return {steps: this.steps, starts};
  }

  private add(...steps: Step[]): void {
    this.steps.push(...steps);
    if (this.steps.length > maxSteps) refusePattern();
  }

  private addRepeated(fits: Characters): void {
    const [least, most] = this.quantifier();
    if (least > maxSteps || (Number.isFinite(most) && most > maxSteps)) refusePattern();
    for (let count = 0; count < least; count += 1) this.add({kind: 'one', fits});
    if (!Number.isFinite(most)) this.add({kind: 'repeated', fits});
    else for (let count = least; count < most; count += 1) this.add({kind: 'optional', fits});
  }

  private quantifier(): [least: number, most: number] {
    if (this.takes('*')) return [0, Number.POSITIVE_INFINITY];
    if (this.takes('+')) return [1, Number.POSITIVE_INFINITY];
    if (this.takes('?')) return [0, 1];
    if (!this.takes('{')) return [1, 1];
    const end = this.source.indexOf('}', this.at);
    const bounds = /^(\d{1,4})(?:(,)(\d{1,4})?)?$/.exec(this.source.slice(this.at, Math.max(end, this.at)));
    if (!bounds) return refusePattern();
    this.at = end + 1;
    const least = Number(bounds[1]);
    if (!bounds[2]) return [least, least];
    const most = bounds[3] === undefined ? Number.POSITIVE_INFINITY : Number(bounds[3]);
    return most < least ? refusePattern() : [least, most];
  }

  private character(): Characters {
    const character = this.next();
    if (character === '.') return charactersOf(code => code !== 10 && code !== 13, true);
    if (character === '[') return this.class();
    if (character === '\\') return this.escaped();
    if (!plain.test(character)) return refusePattern();
    return only(character.charCodeAt(0));
  }

  private class(): Characters {
    const negated = this.takes('^');
    const ascii = new Uint8Array(128);
    let others = false;
    let empty = true;
    while (!this.takes(']')) {
      const first = this.inClass();
      const range = this.source[this.at] === '-' && this.source[this.at + 1] !== ']';
      if (range) this.at += 1;
      const last = range ? this.inClass() : first;
      if (range) fillRange(ascii, first, last);
      else for (const [code, member] of first.ascii.entries()) ascii[code]! |= member;
      others ||= first.others;
      empty = false;
    }
    if (empty) refusePattern();
    return negated ? charactersOf(code => ascii[code] === 0, !others) : {ascii, others};
  }

  private inClass(): Characters {
    const character = this.next();
    if (character === '\\') return this.escaped();
    if (!plain.test(character) && !'^$?{}|*+.['.includes(character)) return refusePattern();
    return only(character.charCodeAt(0));
  }

  private escaped(): Characters {
    const character = this.next();
    const kind = shorthand[character.toLowerCase()];
    if (kind) {
      const negated = character !== character.toLowerCase();
      return charactersOf(code => kind.test(String.fromCharCode(code)) !== negated, negated);
    }
    if (character === 'x') {
      const digits = /^[0-7][0-9A-Fa-f]/.exec(this.source.slice(this.at))?.[0] ?? refusePattern();
      this.at += 2;
      return only(Number.parseInt(digits, 16));
    }
    if (!/[!-/:-@[-`{-~]/.test(character)) return refusePattern();
    return only(character.charCodeAt(0));
  }

  private next(): string {
    const character = this.source[this.at] ?? refusePattern();
    this.at += 1;
    return character;
  }

  private takes(character: string): boolean {
    if (this.source[this.at] !== character) return false;
    this.at += 1;
    return true;
  }
}

function fillRange(ascii: Uint8Array, first: Characters, last: Characters): void {
  const [from, to] = [codeOf(first), codeOf(last)];
  if (from > to) refusePattern();
  ascii.fill(1, from, to + 1);
}

/** The one character in it; `[\d-z]` has no meaning. */
function codeOf({ascii, others}: Characters): number {
  const code = ascii.indexOf(1);
  return others || code !== ascii.lastIndexOf(1) ? refusePattern() : code;
}

const only = (code: number): Characters => charactersOf(other => other === code, false);

function charactersOf(fits: (code: number) => boolean, others: boolean): Characters {
  return {ascii: Uint8Array.from({length: 128}, (_, code) => (fits(code) ? 1 : 0)), others};
}
