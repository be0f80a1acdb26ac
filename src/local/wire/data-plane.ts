import type {IncomingMessage, ServerResponse} from 'node:http';
import {hostName, isLoopbackName} from './guard.ts';

/** `path`: after the stage, still encoded, at least `/`; `query` without the question mark. */
export type DataPlaneRoute = {apiId: string; stage: string; path: string; query: string; body: Uint8Array};

/** Serves deployed REST APIs; writes the whole answer. */
export type DataPlane = (request: IncomingMessage, response: ServerResponse, route: DataPlaneRoute) => Promise<void>;

const forms = [
  /^\/_aws\/execute-api\/(?<apiId>[a-z0-9]+)\/(?<stage>[^/]+)(?<path>\/.*)?$/i,
  /^\/restapis\/(?<apiId>[a-z0-9]+)\/(?<stage>[^/]+)\/_user_request_(?<path>\/.*)?$/i,
];
const hostForm = /^(?<apiId>[a-z0-9]+)\.execute-api\./;
const stageForm = /^\/(?<stage>[^/]+)(?<path>\/.*)?$/;

/** Recognises the two path forms and the host form of an API's address; undefined for anything else. */
export function dataPlaneRoute(
  host: string | undefined,
  path: string,
  query: string,
): Omit<DataPlaneRoute, 'body'> | undefined {
  const name = hostName(host);
  const hostId = hostForm.exec(name)?.groups?.apiId;
  if (hostId !== undefined) {
    const groups = stageForm.exec(path)?.groups;
    return {apiId: hostId, stage: groups?.stage ?? '', path: groups?.path ?? '/', query};
  }
  if (!isLoopbackName(name)) return;
  for (const form of forms) {
    const groups = form.exec(path)?.groups;
    if (groups) return {apiId: groups.apiId ?? '', stage: groups.stage ?? '', path: groups.path ?? '/', query};
  }
  return;
}
