import {type Cursor, refusePattern} from './cursor.ts';
import type {Finder} from './regex.ts';

type Operator = '=' | '!=' | '<' | '<=' | '>' | '>=';
/** What a value is compared with. `text` may begin or end with a `*`. */
type Operand =
  | {kind: 'number'; value: number; text: string}
  | {kind: 'text'; text: string}
  | {kind: 'regex'; find: Finder};
export type Comparison = {operator: Operator; operand: Operand};

/** A value of a log line: always a text, a number as well when it is one. */
export type Value = {text: string; number: number | undefined};

const operatorForm = /\s*(<=|>=|!=|=!|=|<|>)\s*/y;
const numberForm = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;
const quotedForm = /"((?:[^"\\]|\\.)*)"/sy;
const regexForm = /%((?:[^%\\]|\\.)+)%/sy;

/** The number that a text is, in the notations that filter patterns take. */
export function numberIn(text: string): number | undefined {
  return numberForm.test(text) ? Number(text) : undefined;
}

/** Reads an operator and its operand; `bare` is the form of a text without quotes, `compile` makes a regular expression. */
export function readComparison(cursor: Cursor, bare: RegExp, compile: (source: string) => Finder): Comparison {
  const sign = cursor.need(operatorForm)[1]!;
  const operator = (sign === '=!' ? '!=' : sign) as Operator;
  const operand = readOperand(cursor, bare, compile);
  const ordering = operator !== '=' && operator !== '!=';
  if (ordering && operand.kind !== 'number') refusePattern();
  return {operator, operand};
}

function readOperand(cursor: Cursor, bare: RegExp, compile: (source: string) => Finder): Operand {
  const quoted = readQuoted(cursor);
  if (quoted !== undefined) return {kind: 'text', text: quoted};
  const regex = readRegex(cursor, compile);
  if (regex) return {kind: 'regex', find: regex};
  const text = cursor.need(bare)[0];
  const value = numberIn(text);
  return value === undefined ? {kind: 'text', text} : {kind: 'number', value, text};
}

/** A text in double quotes, where a backslash takes the next character as it is. */
export function readQuoted(cursor: Cursor): string | undefined {
  return cursor.take(quotedForm)?.[1]?.replace(/\\(.)/gs, '$1');
}

/** A regular expression between percent signs. */
export function readRegex(cursor: Cursor, compile: (source: string) => Finder): Finder | undefined {
  const source = cursor.take(regexForm)?.[1];
  return source === undefined ? undefined : compile(source);
}

export function compares({operator, operand}: Comparison, value: Value): boolean {
  if (operator === '=') return equals(operand, value);
  if (operator === '!=') return !equals(operand, value);
  const {number} = value;
  if (number === undefined || operand.kind !== 'number') return false;
  if (operator === '<') return number < operand.value;
  if (operator === '<=') return number <= operand.value;
  return operator === '>' ? number > operand.value : number >= operand.value;
}

function equals(operand: Operand, {text, number}: Value): boolean {
  if (operand.kind === 'regex') return operand.find(text);
  if (operand.kind === 'number') return number === undefined ? text === operand.text : number === operand.value;
  return fitsWildcards(operand.text, text);
}

/** A `*` at either end stands for any text; elsewhere it is itself. */
function fitsWildcards(wanted: string, text: string): boolean {
  if (wanted === '*') return true;
  const [open, close] = [wanted.startsWith('*'), wanted.endsWith('*')];
  const core = wanted.slice(open ? 1 : 0, close ? -1 : undefined);
  if (open && close) return text.includes(core);
  if (open) return text.endsWith(core);
  return close ? text.startsWith(core) : text === wanted;
}
