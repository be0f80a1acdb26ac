import type {Settings} from '../settings.ts';
import type {RawRequest, RawResponse, RawService} from '../wire/service.ts';
import {guardBody} from './body-guard.ts';
import {sweepExpired} from './expiry.ts';
import {errorAnswer, errorName, parseAnswer} from './json-answer.ts';
import type {Input, Overlay} from './request-scope.ts';
import {
  createTable,
  deleteTable,
  describeContinuousBackups,
  describeLimits,
  describeTable,
  updateTable,
} from './table-operations.ts';
import {listTags, tagTable, untagTable} from './tags.ts';
import {describeTimeToLive, updateTimeToLive} from './time-to-live.ts';
import {startWorkerEngine} from './worker-engine.ts';

type Operation = (overlay: Overlay, input: Input) => RawResponse | Promise<RawResponse>;

/** What the engine lacks or does otherwise; all other operations are its own. */
const operations = new Map<string, Operation>([
  ['CreateTable', createTable],
  ['UpdateTable', updateTable],
  ['DeleteTable', deleteTable],
  ['DescribeTable', describeTable],
  ['UpdateTimeToLive', updateTimeToLive],
  ['DescribeTimeToLive', describeTimeToLive],
  ['TagResource', tagTable],
  ['UntagResource', untagTable],
  ['ListTagsOfResource', listTags],
  ['DescribeContinuousBackups', describeContinuousBackups],
  ['DescribeLimits', describeLimits],
]);

/** DynamoDB takes no larger request. */
const maxBodyBytes = 16 * 1_024 * 1_024;

/**
 * DynamoDB on the wire, in memory. Tables are the engine's, TTL with its expiry, tags and deletion protection ours.
 * `onNotice` hears when the engine died and came back empty. Rejects when its worker cannot be started.
 */
export async function createDynamodb(options: {
  settings: Settings;
  account: string;
  region: string;
  onNotice?: (text: string) => void;
}): Promise<{service: RawService; close(): Promise<void>}> {
  const {settings, account, region} = options;
  const file = new URL(import.meta.resolve('#built/dynamodb-worker.js'));
  const {tableDelayMs} = settings;
  const engine = await startWorkerEngine({file, tableDelayMs, account, region});
  const overlay: Overlay = {engine, tables: new Map(), tableDelayMs, account, region};
  engine.onRestart(reason => {
    overlay.tables.clear();
    options.onNotice?.(`The embedded DynamoDB died (${reason}) and was started again. Its tables are gone.`);
  });
  const stopSweeps = startSweeps(overlay, settings.ttlSweepMs);
  return {
    service: {
      kind: 'raw',
      scope: 'dynamodb',
      handle: (request, context) => route({...overlay, region: context.region, account: context.account}, request),
    },
    async close() {
      stopSweeps();
      await engine.close();
    },
  };
}

async function route(overlay: Overlay, request: RawRequest): Promise<RawResponse> {
  if (request.body.length > maxBodyBytes) {
    return errorAnswer('RequestEntityTooLargeException', 'The request is larger than 16 MB', 413);
  }
  const name = request.headers['x-amz-target']?.split('.')[1] ?? '';
  const operation = operations.get(name);
  if (!operation || request.method !== 'POST') return forward(overlay, request, name);
  const body = guardBody(request.body);
  if ('refused' in body) return errorAnswer('SerializationException', body.refused);
  return operation(overlay, JSON.parse(Buffer.from(body).toString()));
}

async function forward({engine}: Overlay, request: RawRequest, operation: string): Promise<RawResponse> {
  const {method, headers, body} = request;
  const path = request.query ? `${request.path}?${request.query}` : request.path;
  const answer = await engine.send({method, path, headers, body});
  if (errorName(answer) !== 'UnknownOperationException' || parseAnswer(answer).message) return answer;
  return errorAnswer(
    'UnknownOperationException',
    `The embedded DynamoDB does not serve ${operation || 'this request'}`,
  );
}

function startSweeps(overlay: Overlay, everyMs: number): () => void {
  let sweeping = false;
  const timer = setInterval(async () => {
    if (sweeping) return;
    sweeping = true;
    await sweepExpired(overlay.engine, overlay.tables);
    sweeping = false;
  }, everyMs);
  return () => clearInterval(timer);
}
