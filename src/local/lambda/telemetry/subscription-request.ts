import type {Settings} from '../../settings.ts';
import {type EventKind, eventKinds} from './event.ts';

export type TelemetryApiName = 'Telemetry' | 'Logs';
export type Destination =
  | {protocol: 'HTTP'; port: number; path: string; method: 'POST' | 'PUT'}
  | {protocol: 'TCP'; port: number};
export type Buffering = {maxItems: number; maxBytes: number; timeoutMs: number};
export type SubscriptionRequest = {
  api: TelemetryApiName;
  schemaVersion: string;
  types: readonly EventKind[];
  destination: Destination;
  buffering: Buffering;
};

const schemaVersions: Readonly<Record<TelemetryApiName, readonly string[]>> = {
  Telemetry: ['2022-07-01', '2022-12-13', '2025-01-29'],
  Logs: ['2020-08-15', '2021-03-18'],
};
const hosts = ['sandbox.localdomain', 'sandbox'];
/** Lambda keeps it for the Runtime API. */
const reservedPort = 9001;

class Invalid extends Error {}
type Fields = Record<string, unknown>;

/** Reads the body of a subscription; a text tells what is wrong with it. */
export function parseSubscription(
  api: TelemetryApiName,
  bytes: Uint8Array,
  limits: Settings['telemetry'],
): SubscriptionRequest | string {
  try {
    const body = fieldsOf(parseJson(bytes), 'the body');
    return {
      api,
      schemaVersion: parseSchemaVersion(api, body.schemaVersion),
      types: parseTypes(body.types),
      destination: parseDestination(api, fieldsOf(body.destination, 'destination')),
      buffering: parseBuffering(body.buffering, limits),
    };
  } catch (error) {
    if (error instanceof Invalid) return error.message;
    throw error;
  }
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString());
  } catch {
    throw new Invalid('The body is not JSON');
  }
}

function fieldsOf(value: unknown, name: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Invalid(`${name}: an object is required`);
  }
  return value as Fields;
}

/** The Logs API takes its first version when none is named. */
function parseSchemaVersion(api: TelemetryApiName, value: unknown): string {
  const known = schemaVersions[api];
  if (value === undefined && api === 'Logs') return known[0]!;
  return oneOf('schemaVersion', value, known);
}

function parseTypes(value: unknown): EventKind[] {
  if (!Array.isArray(value) || value.length === 0) throw new Invalid('types: a list of at least one is required');
  return [...new Set(value.map(type => oneOf('types', type, eventKinds)))];
}

function parseDestination(api: TelemetryApiName, fields: Fields): Destination {
  const protocol = oneOf('destination.protocol', fields.protocol, ['HTTP', 'TCP'] as const);
  if (protocol === 'TCP') return {protocol, port: parsePort('destination.port', fields.port)};
  if (api === 'Logs' && fields.encoding !== undefined) oneOf('destination.encoding', fields.encoding, ['JSON']);
  const method = api === 'Logs' && fields.method !== undefined ? fields.method : 'POST';
  return {
    protocol,
    ...parseUri(fields.URI),
    method: oneOf('destination.method', method, ['POST', 'PUT'] as const),
  };
}

function parseUri(value: unknown): {port: number; path: string} {
  const uri = typeof value === 'string' && URL.canParse(value) ? new URL(value) : undefined;
  if (uri?.protocol !== 'http:') throw new Invalid('destination.URI: an http address is required');
  if (!hosts.includes(uri.hostname)) throw new Invalid(`destination.URI: the host must be ${hosts.join(' or ')}`);
  // A URL leaves out the port that is usual for its protocol.
  const named = /^http:\/\/[^/?#]*:(\d+)/i.exec(value as string)?.[1];
  if (named === undefined) throw new Invalid('destination.URI: a port is required');
  return {port: parsePort('destination.URI', Number(named)), path: uri.pathname + uri.search};
}

function parsePort(name: string, value: unknown): number {
  const port = inRange(name, value, 1, 65_535);
  if (port === reservedPort) throw new Invalid(`${name}: port ${reservedPort} is reserved for the Runtime API`);
  return port;
}

function parseBuffering(value: unknown, limits: Settings['telemetry']): Buffering {
  const fields = value === undefined ? {} : fieldsOf(value, 'buffering');
  const take = (name: keyof Buffering) => {
    const {least, most, usual} = limits[name];
    return fields[name] === undefined ? usual : inRange(`buffering.${name}`, fields[name], least, most);
  };
  return {maxItems: take('maxItems'), maxBytes: take('maxBytes'), timeoutMs: take('timeoutMs')};
}

function inRange(name: string, value: unknown, least: number, most: number): number {
  if (Number.isInteger(value) && (value as number) >= least && (value as number) <= most) return value as number;
  throw new Invalid(`${name}: a whole number from ${least} to ${most} is required`);
}

function oneOf<Value extends string>(name: string, value: unknown, known: readonly Value[]): Value {
  if (known.includes(value as Value)) return value as Value;
  throw new Invalid(`${name}: one of ${known.join(', ')} is required`);
}
