import {type Call, headerOf} from './call.ts';
import {requestContext} from './event.ts';

/** The value that an identity source names in this request; undefined when there is none, or an empty one. */
export function identityValue(call: Call, source: string): string | undefined {
  const [kind, name] = splitSource(source);
  const value = readValue(call, kind, name);
  return value === undefined || value === '' ? undefined : value;
}

function readValue(call: Call, kind: string, name: string): string | undefined {
  if (kind === 'method.request.header') return headerOf(call, name);
  if (kind === 'method.request.querystring') return call.query[name]?.at(-1);
  if (kind === 'stageVariables') return call.stage.variables.get(name);
  return contextValue(requestContext(call), name.split('.'));
}

function contextValue(context: unknown, path: readonly string[]): string | undefined {
  let value = context;
  for (const member of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, member)) return undefined;
    value = (value as Record<string, unknown>)[member];
  }
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

function splitSource(source: string): [string, string] {
  for (const kind of ['method.request.header', 'method.request.querystring', 'stageVariables', 'context']) {
    if (source.startsWith(`${kind}.`)) return [kind, source.slice(kind.length + 1)];
  }
  return ['', source];
}
