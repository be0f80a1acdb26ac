import {type Comparison, compares, numberIn, readComparison} from './comparison.ts';
import {type Condition, holds, readCondition, testsIn} from './condition.ts';
import {type Cursor, refusePattern} from './cursor.ts';
import type {Finder} from './regex.ts';

type Test = {name: string; comparison: Comparison};
/** What one column has to be; nothing when it only has to be there. */
type Column = Condition<Test> | undefined;

const nameForm = /[\w.$-]+/y;
/** A name alone, or nothing between two commas. */
const placeForm = /[\w.$-]*\s*(?=,|$)/y;
const bareText = /[^\s,&|()"%[\]{}=!<>]+/y;
const columnForm = /\s*(?:\[([^[\]]*)\](?=\s|$)|"([^"]*)"(?=\s|$)|(\S+))/y;

/**
 * `[ip, user, ..., status=4*, bytes > 1000]`: reads what is between the brackets and gives whether a log line passes.
 * The line needs as many columns as the pattern names; `...` stands for any number of them, once.
 */
export function readColumnsPattern(cursor: Cursor, compile: (source: string) => Finder): (line: string) => boolean {
  const before: Column[] = [];
  let after: Column[] | undefined;
  do {
    cursor.skipSpaces();
    if (!cursor.takes('...')) (after ?? before).push(readColumn(cursor, compile));
    else if (after) refusePattern();
    else after = [];
    cursor.skipSpaces();
  } while (cursor.takes(','));
  return line => passes(before, after, line);
}

function readColumn(cursor: Cursor, compile: (source: string) => Finder): Column {
  if (cursor.take(placeForm)) return undefined;
  const column = readCondition(cursor, inner => ({
    name: inner.need(nameForm)[0],
    comparison: readComparison(inner, bareText, compile),
  }));
  const [first, ...rest] = testsIn(column);
  if (rest.some(({name}) => name !== first?.name)) refusePattern();
  return column;
}

function passes(before: readonly Column[], after: readonly Column[] | undefined, line: string): boolean {
  const values = columnsOf(line);
  const named = before.length + (after?.length ?? 0);
  if (after ? values.length < named : values.length !== named) return false;
  const columns = [...before, ...(after ?? [])];
  const at = (index: number) => (index < before.length ? index : values.length - named + index);
  return columns.every((column, index) => !column || fits(column, values[at(index)]!));
}

const fits = (column: Condition<Test>, text: string): boolean =>
  holds(column, ({comparison}) => compares(comparison, {text, number: numberIn(text)}));

/** What spaces divide; what is in brackets or double quotes is one column. */
function columnsOf(line: string): string[] {
  const columns: string[] = [];
  columnForm.lastIndex = 0;
  for (let found = columnForm.exec(line); found; found = columnForm.exec(line)) {
    columns.push(found[1] ?? found[2] ?? found[3] ?? '');
  }
  return columns;
}
