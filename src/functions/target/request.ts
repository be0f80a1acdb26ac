import {readCookies} from './cookies.ts';
import {grouped, isRecord, record, texts, type Values, values} from './members.ts';

/** A request by HTTP, whichever event it came in; all texts are the caller's and not to be trusted. */
export type HttpRequest = {
  kind: 'http';
  /** The payload format of the event. */
  eventVersion: '1.0' | '2.0';
  method: string;
  /** Without the stage. */
  path: string;
  query: Values;
  /** By lower-case name. */
  headers: Values;
  cookies: Values;
  /** As it came, not yet looked at. */
  body: unknown;
  isBase64Encoded: boolean;
  authorizer: Record<string, string>;
  /** 0 to 5,000. */
  sleepMs: number;
};

/** An Invoke by somebody whom IAM knows. */
export type DirectRequest = {
  kind: 'direct';
  /** 0 to 5,000. */
  sleepMs: number;
  hang: boolean;
  crash: boolean;
};

export type TargetRequest = HttpRequest | DirectRequest;

const longestSleepMs = 5_000;

/**
 * Reads an event of API Gateway (payload formats 1.0 and 2.0), of a function URL, or of a direct Invoke: any other object.
 * `hang` and `crash` are honoured in direct Invokes only: those are signed, the API is public. Undefined for what is none of
 * these.
 */
export function readRequest(event: unknown): TargetRequest | undefined {
  if (!isRecord(event)) return undefined;
  if (event.version === '2.0' || 'http' in record(event.requestContext)) return readVersion2(event);
  const isHttp = ['httpMethod', 'requestContext', 'rawPath', 'routeKey'].some(member => member in event);
  if (isHttp) return readVersion1(event);
  return {
    kind: 'direct',
    sleepMs: sleepMs(event.sleepMs),
    hang: event.hang === true,
    crash: event.crash === true,
  };
}

function readVersion1(event: Record<string, unknown>): TargetRequest | undefined {
  const context = record(event.requestContext);
  const method = event.httpMethod ?? context.httpMethod;
  const {path} = event;
  if (!isMethod(method) || !isPath(path)) return undefined;
  const headers = byLowerCase(filled(event.multiValueHeaders) ?? event.headers);
  const query = values(filled(event.multiValueQueryStringParameters) ?? event.queryStringParameters);
  return {
    ...{kind: 'http', eventVersion: '1.0', method, path, query, headers},
    ...{cookies: readCookies(headers.cookie), ...common(event, query)},
    authorizer: texts(context.authorizer),
  };
}

function readVersion2(event: Record<string, unknown>): TargetRequest | undefined {
  const context = record(event.requestContext);
  const {method, path: ofContext} = record(context.http);
  const path = event.rawPath ?? ofContext;
  if (!isMethod(method) || !isPath(path)) return undefined;
  const headers = byLowerCase(event.headers);
  const {rawQueryString} = event;
  const query =
    typeof rawQueryString === 'string'
      ? grouped(new URLSearchParams(rawQueryString))
      : values(event.queryStringParameters);
  const cookies = Array.isArray(event.cookies)
    ? event.cookies.filter(each => typeof each === 'string')
    : headers.cookie;
  return {
    ...{kind: 'http', eventVersion: '2.0', method, path: withoutStage(path, context.stage), query, headers},
    ...{cookies: readCookies(cookies), ...common(event, query)},
    // What an authorizer of its own left is one level deeper there.
    authorizer: texts(record(context.authorizer).lambda ?? context.authorizer),
  };
}

function common(event: Record<string, unknown>, query: Values) {
  return {
    body: event.body,
    isBase64Encoded: event.isBase64Encoded === true,
    sleepMs: sleepMs(query.sleepMs?.at(-1)),
  };
}

/** A named stage is part of the path of format 2.0; format 1.0 leaves it out. */
function withoutStage(path: string, stage: unknown): string {
  const prefix = `/${stage}`;
  if (typeof stage !== 'string' || stage === '$default' || !`${path}/`.startsWith(`${prefix}/`)) return path;
  return path.slice(prefix.length) || '/';
}

function byLowerCase(headers: unknown): Values {
  const pairs = Object.entries(values(headers)).flatMap(([name, all]) =>
    all.map(value => [name.toLowerCase(), value] as const),
  );
  return grouped(pairs);
}

/** The multi-value form may be null or missing where the other is not. */
function filled(given: unknown): unknown {
  return Object.keys(record(given)).length > 0 ? given : undefined;
}

function isMethod(value: unknown): value is string {
  return typeof value === 'string' && /^[A-Z]{1,20}$/.test(value);
}

function isPath(value: unknown): value is string {
  return typeof value === 'string' && value.startsWith('/');
}

function sleepMs(value: unknown): number {
  const digits = String(value ?? '');
  return /^\d{1,9}$/.test(digits) ? Math.min(Number(digits), longestSleepMs) : 0;
}
