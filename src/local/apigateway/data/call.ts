import {randomBytes, randomUUID} from 'node:crypto';
import type {IncomingMessage} from 'node:http';
import type {DataPlaneRoute} from '../../wire/data-plane.ts';
import type {ApiMethod, Deployment, RestApi, Stage} from '../model.ts';
import {decoded, type Match} from './router.ts';

/** One request to a deployed method: everything that events, identity sources and ARNs are made of. */
export type Call = Match & {
  api: RestApi;
  stage: Stage;
  deployment: Deployment;
  method: ApiMethod;
  account: string;
  httpMethod: string;
  /** After the stage, decoded. */
  path: string;
  headers: Record<string, string[]>;
  query: Record<string, string[]>;
  body: Uint8Array;
  sourceIp: string;
  requestId: string;
  extendedRequestId: string;
  traceId: string;
  /** Epoch ms. */
  receivedAt: number;
};

/** The ids of one request, made before it is known whether it fits a method. `traceId` in the form `Root=1-…`. */
export type RequestIds = Pick<Call, 'requestId' | 'extendedRequestId' | 'traceId' | 'receivedAt'>;

export function newRequestIds(request: IncomingMessage, now = Date.now()): RequestIds {
  const given = request.headers['x-amzn-trace-id'];
  const seconds = Math.floor(now / 1_000)
    .toString(16)
    .padStart(8, '0');
  return {
    requestId: randomUUID(),
    extendedRequestId: randomBytes(11).toString('base64'),
    traceId: typeof given === 'string' ? given : `Root=1-${seconds}-${randomBytes(12).toString('hex')}`,
    receivedAt: now,
  };
}

/** Headers that concern the connection, which API Gateway keeps for itself. */
const ownHeaders = new Set([
  'connection',
  'content-length',
  'host',
  'keep-alive',
  'transfer-encoding',
  'x-amzn-trace-id',
]);

/** All values by name, names as the caller wrote them, with what API Gateway adds on the way. */
export function callHeaders(request: IncomingMessage, domainName: string, traceId: string): Record<string, string[]> {
  const headers: Record<string, string[]> = {};
  const names = new Map<string, string>();
  for (let at = 0; at < request.rawHeaders.length; at += 2) {
    const [written, value] = [request.rawHeaders[at]!, request.rawHeaders[at + 1]!];
    const lower = written.toLowerCase();
    if (ownHeaders.has(lower) || lower.startsWith('x-forwarded-')) continue;
    const name = names.get(lower) ?? written;
    names.set(lower, name);
    headers[name] = [...(headers[name] ?? []), value];
  }
  return {
    ...headers,
    Host: [domainName],
    'X-Amzn-Trace-Id': [traceId],
    'X-Forwarded-For': [sourceIpOf(request)],
    'X-Forwarded-Port': ['443'],
    'X-Forwarded-Proto': ['https'],
  };
}

export function sourceIpOf(request: IncomingMessage): string {
  return (request.socket.remoteAddress ?? '127.0.0.1').replace(/^::ffff:/, '');
}

/** All values by decoded name. */
export function callQuery({query}: Pick<DataPlaneRoute, 'query'>): Record<string, string[]> {
  const values: Record<string, string[]> = {};
  for (const [name, value] of new URLSearchParams(query)) values[name] = [...(values[name] ?? []), value];
  return values;
}

/** The decoded path after the stage. */
export const callPath = ({path}: Pick<DataPlaneRoute, 'path'>) => decoded(path);

export const domainNameOf = (api: RestApi) => `${api.id}.execute-api.${api.region}.amazonaws.com`;

/** `arn:aws:execute-api:REGION:ACCOUNT:API`, what all ARNs of the data plane begin with. */
export const apiArn = ({api, account}: Pick<Call, 'api' | 'account'>) =>
  `arn:aws:execute-api:${api.region}:${account}:${api.id}`;

/** What an authorizer's policy must allow: the API, stage, verb and path of this request. */
export const methodArn = (call: Call) =>
  `${apiArn(call)}/${call.stage.stageName}/${call.httpMethod}/${call.path.replace(/^\//, '')}`;

/** The first value of a header, whatever the case of its name. */
export function headerOf({headers}: Pick<Call, 'headers'>, name: string): string | undefined {
  const found = Object.keys(headers).find(written => written.toLowerCase() === name.toLowerCase());
  return found === undefined ? undefined : headers[found]?.at(-1);
}
