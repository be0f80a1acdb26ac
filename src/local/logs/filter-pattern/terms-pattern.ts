import {readQuoted, readRegex} from './comparison.ts';
import {type Cursor, refusePattern} from './cursor.ts';
import type {Finder} from './regex.ts';

const signForm = /[?-]?/y;
const wordForm = /\w+/y;
const gapForm = /\s+|$/y;

/**
 * Terms: every plain one has to be in the line, no `-term` may be; of `?term`s one is enough, but they count only
 * among themselves: beside other terms they are ignored, as AWS documents. A term is a word of letters, digits
 * and _, a "quoted phrase" or a %regular expression%.
 */
export function readTermsPattern(cursor: Cursor, compile: (source: string) => Finder): (line: string) => boolean {
  const plain: Finder[] = [];
  const optional: Finder[] = [];
  const excluded: Finder[] = [];
  while (!cursor.atEnd) {
    const sign = cursor.need(signForm)[0];
    const kind = sign === '?' ? optional : sign === '-' ? excluded : plain;
    kind.push(readTerm(cursor, compile));
    cursor.need(gapForm);
  }
  if (plain.length === 0 && excluded.length === 0 && optional.length > 0) {
    return line => optional.some(find => find(line));
  }
  return line => plain.every(find => find(line)) && !excluded.some(find => find(line));
}

function readTerm(cursor: Cursor, compile: (source: string) => Finder): Finder {
  const regex = readRegex(cursor, compile);
  if (regex) return regex;
  const text = readQuoted(cursor) ?? cursor.take(wordForm)?.[0] ?? refusePattern();
  return line => line.includes(text);
}
