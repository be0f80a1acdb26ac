import {type Comparison, compares, readComparison, type Value} from './comparison.ts';
import {type Condition, holds, readCondition} from './condition.ts';
import {type Cursor, refusePattern} from './cursor.ts';
import type {Finder} from './regex.ts';

type Path = readonly (string | number)[];
type Test = {path: Path} & (
  | {kind: 'compare'; comparison: Comparison}
  | {kind: 'is'; state: null | boolean}
  | {kind: 'missing'}
);

const bareText = /[\w.*:/+-]+/y;
const propertyForm = /\.?\[(?:'([^']*)'|"([^"]*)")\]|\.([\w-]+)/y;
const indexForm = /\[(\d{1,9})\]/y;
const stateForm = /\s+(?:IS\s+(NULL|TRUE|FALSE)|NOT\s+(EXISTS))(?![\w-])/y;
const states: Readonly<Record<string, null | boolean>> = {NULL: null, TRUE: true, FALSE: false};

/**
 * `{ $.a.b[0] = "x*" && ($.n >= 3 || $.ok IS TRUE) && $.z NOT EXISTS }`: reads what is between the braces and
 * gives whether a log line passes. A line that is no JSON object never does, and neither does a comparison with
 * something that is missing, null, a list or an object.
 */
export function readJsonPattern(cursor: Cursor, compile: (source: string) => Finder): (line: string) => boolean {
  const condition = readCondition(cursor, inner => readTest(inner, compile));
  return line => {
    const event = objectIn(line);
    return event !== undefined && passesAll(condition, event);
  };
}

const passesAll = (condition: Condition<Test>, event: object): boolean => holds(condition, test => passes(test, event));

function readTest(cursor: Cursor, compile: (source: string) => Finder): Test {
  const path = readPath(cursor);
  const state = cursor.take(stateForm);
  if (!state) return {path, kind: 'compare', comparison: readComparison(cursor, bareText, compile)};
  return state[2] ? {path, kind: 'missing'} : {path, kind: 'is', state: states[state[1]!] ?? null};
}

function readPath(cursor: Cursor): Path {
  if (!cursor.takes('$')) refusePattern();
  const path: (string | number)[] = [];
  for (;;) {
    // An index follows a property.
    const index = path.length > 0 && cursor.take(indexForm);
    const property = index || cursor.take(propertyForm);
    if (!property) break;
    path.push(index ? Number(index[1]) : (property[1] ?? property[2] ?? property[3] ?? ''));
  }
  return path.length === 0 ? refusePattern() : path;
}

function passes(test: Test, event: object): boolean {
  const node = nodeAt(event, test.path);
  if (test.kind === 'missing') return node === undefined;
  if (test.kind === 'is') return node === test.state;
  const value = scalarIn(node);
  return value !== undefined && compares(test.comparison, value);
}

function nodeAt(event: object, path: Path): unknown {
  return path.reduce<unknown>((node, key) => {
    if (typeof node !== 'object' || node === null) return undefined;
    if (Array.isArray(node) !== (typeof key === 'number')) return undefined;
    return Object.hasOwn(node, key) ? (node as Record<string | number, unknown>)[key] : undefined;
  }, event);
}

function scalarIn(node: unknown): Value | undefined {
  if (typeof node === 'number') return {text: String(node), number: node};
  if (typeof node === 'string' || typeof node === 'boolean') return {text: String(node), number: undefined};
  return undefined;
}

function objectIn(line: string): object | undefined {
  if (!/^\s*\{/.test(line)) return undefined;
  try {
    return JSON.parse(line) as object;
  } catch {
    return undefined;
  }
}
