import {expect, test} from 'vitest';
import {guardBody} from '../../../src/local/dynamodb/body-guard.ts';

const guarded = (text: string) => {
  const answer = guardBody(text);
  return 'refused' in answer ? answer : answer.body;
};

test.each([
  ['{"a":1}', '{"a":1}'],
  ['{"a":null,"b":{"c":null,"d":[{"e":null}]}}', '{"b":{"d":[{}]}}'],
  ['{"a":"null"}', '{"a":"null"}'],
  ['{ "a" : "\\u00e9" }', '{ "a" : "\\u00e9" }'],
])('%s passes as %s', (text, passed) => {
  expect(guarded(text)).toBe(passed);
});

test.each([
  ['{"a":[null]}'],
  ['{"a":[[1,null]]}'],
  ['{"a":'],
  [''],
  ['null'],
  ['[]'],
  ['"text"'],
  ['7'],
  ['{"__proto__":{}}'],
  ['{"a":{"__pro\\u0074o__":{}}}'],
])('%s is refused', text => {
  expect(guarded(text)).toEqual({refused: expect.stringContaining('Unable to parse the request')});
});
