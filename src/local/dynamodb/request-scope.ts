import type {RawResponse} from '../wire/service.ts';
import type {Engine} from './engine.ts';
import {parseAnswer} from './json-answer.ts';
import type {NotesByTable} from './table-notes.ts';

/** The parsed body of a request; hostile until checked. */
export type Input = Record<string, unknown>;

/** What the operations that the engine lacks work with. */
export type Overlay = {
  engine: Engine;
  tables: NotesByTable;
  tableDelayMs: number;
  ttlChangeMs: number;
  indexedTablesAtOnce: number;
  region: string;
  account: string;
};

const headers = {
  'content-type': 'application/x-amz-json-1.0',
  'x-amz-date': '20260101T000000Z',
  // The engine wants the parts of a signature to be there and checks none of them.
  authorization:
    'AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
};

/** Sends an operation of our own to the engine. */
export function ask(engine: Engine, operation: string, input: Input): Promise<RawResponse> {
  return engine.send({
    method: 'POST',
    path: '/',
    headers: {...headers, 'x-amz-target': `DynamoDB_20120810.${operation}`},
    body: Buffer.from(JSON.stringify(input)),
  });
}

/** The table's status, `CREATING` to `DELETING`; the engine's own error answer when it has no such table. */
export async function tableStatus(engine: Engine, name: unknown): Promise<{status: string} | {failure: RawResponse}> {
  const answer = await ask(engine, 'DescribeTable', {TableName: name});
  if (answer.status !== 200) return {failure: answer};
  const {Table} = parseAnswer(answer) as {Table: {TableStatus: string}};
  return {status: Table.TableStatus};
}
