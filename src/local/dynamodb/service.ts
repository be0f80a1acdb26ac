import type {Settings} from '../settings.ts';
import {Apart, regionKey} from '../wire/apart.ts';
import type {RawRequest, RawResponse, RawService} from '../wire/service.ts';
import {guardBody} from './body-guard.ts';
import type {Engine} from './engine.ts';
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
 * DynamoDB on the wire, in memory, apart for every account and region. Tables are the engine's, TTL with its expiry, tags and deletion protection ours.
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
  const overlays = new Apart(key => newOverlay(key, engine, settings));
  engine.onRestart(reason => {
    for (const {tables} of overlays.all()) tables.clear();
    options.onNotice?.(`The embedded DynamoDB died (${reason}) and was started again. Its tables are gone.`);
  });
  const stopSweeps = startSweeps(overlays, settings.ttlSweepMs);
  return {
    service: {
      kind: 'raw',
      scope: 'dynamodb',
      handle: (request, context) => route(overlays.of(regionKey(context)), request),
    },
    async close() {
      stopSweeps();
      await engine.close();
    },
  };
}

/** What belongs to one account and region, with the engine's own store for them. */
function newOverlay(key: string, engine: Engine, settings: Settings): Overlay {
  const [account = '', region = ''] = key.split('/');
  const {tableDelayMs, ttlChangeMs, indexedTablesAtOnce} = settings;
  const own: Engine = {...engine, send: request => engine.send({...request, store: key})};
  return {engine: own, tables: new Map(), tableDelayMs, ttlChangeMs, indexedTablesAtOnce, account, region};
}

async function route(overlay: Overlay, request: RawRequest): Promise<RawResponse> {
  if (request.body.length > maxBodyBytes) {
    return errorAnswer('RequestEntityTooLargeException', 'The request is larger than 16 MB', 413);
  }
  const name = request.headers['x-amz-target']?.split('.')[1] ?? '';
  const operation = operations.get(name);
  if (!operation || request.method !== 'POST') return forward(overlay, request, name);
  const guarded = guardBody(Buffer.from(request.body).toString());
  if ('refused' in guarded) return errorAnswer('SerializationException', guarded.refused);
  return operation(overlay, JSON.parse(guarded.body));
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

function startSweeps(overlays: Apart<Overlay>, everyMs: number): () => void {
  let sweeping = false;
  const timer = setInterval(async () => {
    if (sweeping) return;
    sweeping = true;
    for (const {engine, tables} of overlays.all()) await sweepExpired(engine, tables);
    sweeping = false;
  }, everyMs);
  return () => clearInterval(timer);
}
