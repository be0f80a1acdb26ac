import {invalidParameter} from '../errors.ts';

const spaces = /\s*/y;

/** A place in the text of a filter pattern, moved on by what is read. */
export class Cursor {
  private readonly text: string;
  private at = 0;

  constructor(text: string) {
    this.text = text;
  }

  get atEnd(): boolean {
    return this.at === this.text.length;
  }

  skipSpaces(): void {
    this.take(spaces);
  }

  /** Whether the text goes on with `part`, which is then read. */
  takes(part: string): boolean {
    if (!this.text.startsWith(part, this.at)) return false;
    this.at += part.length;
    return true;
  }

  /** What a sticky expression finds here; read when it does. */
  take(form: RegExp): RegExpExecArray | undefined {
    form.lastIndex = this.at;
    const found = form.exec(this.text);
    if (!found) return undefined;
    this.at += found[0].length;
    return found;
  }

  /** `take`, or the pattern is refused. */
  need(form: RegExp): RegExpExecArray {
    return this.take(form) ?? refusePattern();
  }
}

/** Throws InvalidParameterException as AWS answers a pattern that it cannot read. */
export function refusePattern(): never {
  throw invalidParameter('Invalid filter pattern');
}
