import type {Cursor} from './cursor.ts';
import {refusePattern} from './cursor.ts';

/** Tests joined by `&&` and `||`; `&&` binds tighter. */
export type Condition<Test> =
  | {kind: 'test'; test: Test}
  | {kind: 'all' | 'any'; conditions: readonly Condition<Test>[]};

/** Reads tests, `&&`, `||` and parentheses; `readTest` reads one test. */
export function readCondition<Test>(cursor: Cursor, readTest: (cursor: Cursor) => Test): Condition<Test> {
  const readOne = (): Condition<Test> => {
    cursor.skipSpaces();
    if (!cursor.takes('(')) return {kind: 'test', test: readTest(cursor)};
    const inner = readCondition(cursor, readTest);
    if (!cursor.takes(')')) refusePattern();
    return inner;
  };
  const readJoined = (kind: 'all' | 'any', sign: string, read: () => Condition<Test>): Condition<Test> => {
    const conditions = [read()];
    for (;;) {
      cursor.skipSpaces();
      if (!cursor.takes(sign)) break;
      conditions.push(read());
    }
    return conditions.length === 1 ? conditions[0]! : {kind, conditions};
  };
  return readJoined('any', '||', () => readJoined('all', '&&', readOne));
}

export function holds<Test>(condition: Condition<Test>, passes: (test: Test) => boolean): boolean {
  if (condition.kind === 'test') return passes(condition.test);
  if (condition.kind === 'all') return condition.conditions.every(one => holds(one, passes));
  return condition.conditions.some(one => holds(one, passes));
}

/** All tests of a condition. */
export function testsIn<Test>(condition: Condition<Test>): Test[] {
  return condition.kind === 'test' ? [condition.test] : condition.conditions.flatMap(one => testsIn(one));
}
