import {expect, test} from 'vitest';
import {toldInput} from '../../../src/operate/session/told-input.ts';

test.each<[object, ReturnType<typeof toldInput>]>([
  [{}, {}],
  [{FunctionName: 'demo', Qualifier: undefined}, {input: {FunctionName: 'demo'}}],
  [
    {TableName: 't', KeySchema: [{AttributeName: 'eventId', KeyType: 'HASH'}], Limit: 5},
    {input: {TableName: 't', KeySchema: [{AttributeName: 'eventId', KeyType: 'HASH'}], Limit: 5}},
  ],
  [
    {FunctionName: 'demo', Environment: {Variables: {LIFECYCLE_AUTH_TOKEN: 'secret'}}},
    {input: {FunctionName: 'demo'}, without: ['Environment']},
  ],
  [
    {restApiId: 'a', variables: {secret: '1'}},
    {input: {restApiId: 'a'}, without: ['variables']},
  ],
  [
    {FunctionName: 'demo', Payload: '{"token":"secret"}'},
    {input: {FunctionName: 'demo'}, without: ['Payload']},
  ],
  [
    {LayerName: 'l', Content: {ZipFile: new Uint8Array(9)}},
    {input: {LayerName: 'l'}, without: ['Content']},
  ],
  [
    {LayerName: 'l', Some: new Uint8Array(9)},
    {input: {LayerName: 'l'}, without: ['Some']},
  ],
  [
    {Description: 'two\nlines', Handler: 'a.b'},
    {input: {Handler: 'a.b'}, without: ['Description']},
  ],
  [{PolicyDocument: 'x'.repeat(1_001)}, {without: ['PolicyDocument']}],
])('%j', (input, told) => {
  expect(toldInput(input)).toEqual(told);
});
