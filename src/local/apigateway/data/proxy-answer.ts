import {validateHeaderName, validateHeaderValue} from 'node:http';
import type {InvokeAnswer} from '../../lambda/environment/environment.ts';
import {gatewayErrors} from './gateway-error.ts';

/** What is sent to the caller. Names as the function wrote them. */
export type ProxyAnswer = {status: number; headers: [string, string[]][]; body: Uint8Array};

const members = new Set(['statusCode', 'headers', 'multiValueHeaders', 'body', 'isBase64Encoded']);

/** Headers that API Gateway sends under another name, because they are its own to set. */
const remapped = new Set([
  'authorization',
  'connection',
  'content-length',
  'content-md5',
  'date',
  'expect',
  'host',
  'max-forwards',
  'proxy-authenticate',
  'server',
  'te',
  'trailer',
  'upgrade',
  'user-agent',
  'via',
  'warn',
  'www-authenticate',
]);

/**
 * Reads a Lambda proxy answer. No member is required, others than the five known are not allowed; what is malformed is 502,
 * as is an error of the function. `decode`: whether a base64 body is sent as bytes.
 */
export function readProxyAnswer({payload, functionError}: InvokeAnswer, decode: boolean): ProxyAnswer {
  const answer = functionError ? undefined : parse(payload);
  if (!answer || !Object.keys(answer).every(member => members.has(member))) throw gatewayErrors.badIntegrationAnswer();
  const {statusCode, headers, multiValueHeaders, body, isBase64Encoded} = answer;
  if (isBase64Encoded != null && typeof isBase64Encoded !== 'boolean') throw gatewayErrors.badIntegrationAnswer();
  return {
    status: readStatus(statusCode),
    headers: readHeaders(headers, multiValueHeaders),
    body: Buffer.from(readBody(body), decode && isBase64Encoded === true ? 'base64' : 'utf8'),
  };
}

function parse(payload: Uint8Array): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(payload).toString());
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function readStatus(value: unknown): number {
  const status = typeof value === 'string' && /^\d{3}$/.test(value) ? Number(value) : (value ?? 200);
  if (typeof status === 'number' && Number.isInteger(status) && status >= 200 && status <= 599) return status;
  throw gatewayErrors.badIntegrationAnswer();
}

function readBody(value: unknown): string {
  if (value == null) return '';
  if (typeof value === 'string') return value;
  throw gatewayErrors.badIntegrationAnswer();
}

/** The values of both maps; where both name a header, those of `multiValueHeaders` count. */
function readHeaders(single: unknown, multiple: unknown): [string, string[]][] {
  const all = new Map<string, [string, string[]]>();
  for (const [name, value] of entriesOf(single)) all.set(name.toLowerCase(), [name, [readValue(value)]]);
  for (const [name, values] of entriesOf(multiple)) {
    if (!Array.isArray(values)) throw gatewayErrors.badIntegrationAnswer();
    all.set(name.toLowerCase(), [name, values.map(readValue)]);
  }
  all.delete('transfer-encoding');
  return [...all].map(([lower, [name, values]]) => [sentName(lower, name), values.map(value => checked(name, value))]);
}

function sentName(lower: string, name: string): string {
  return remapped.has(lower) ? `x-amzn-Remapped-${name}` : name;
}

function entriesOf(value: unknown): [string, unknown][] {
  if (value == null) return [];
  if (isObject(value)) return Object.entries(value);
  throw gatewayErrors.badIntegrationAnswer();
}

function readValue(value: unknown): string {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw gatewayErrors.badIntegrationAnswer();
}

function checked(name: string, value: string): string {
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
    return value;
  } catch {
    throw gatewayErrors.badIntegrationAnswer();
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
