import {randomUUID} from 'node:crypto';
import type {IncomingMessage, ServerResponse} from 'node:http';
import {type DataPlane, type DataPlaneRoute, dataPlaneRoute} from './data-plane.ts';
import {type Dispatch, dispatchTo, notImplemented, type OnFault, plainError} from './dispatch.ts';
import {refuseBrowsers} from './guard.ts';
import {BodyTooLarge, readBody} from './read-body.ts';
import {send} from './send.ts';
import {type RequestContext, type Service, ServiceError} from './service.ts';
import {type Scope, scopeOf} from './signature.ts';
import {freeWay, type Traffic} from './traffic.ts';
import type {WireRequest, WireResponse} from './wire-request.ts';

/** A function's zip of 50 MB, in base64 and JSON. */
const controlPlaneLimit = 75 * 1024 * 1024;
/** API Gateway's payload quota. */
const dataPlaneLimit = 10 * 1024 * 1024;
/** Where the `Location` of code and layers points. Like AWS's links these carry no signature of the caller's. */
const downloadForm = /^\/_lifecycle\/lambda\/code\/([0-9a-f]+)$/;

export type FrontOptions = {
  services: readonly Service[];
  dataPlane?: DataPlane;
  /** The zip under a key, undefined when there is none. */
  download?: (key: string) => Promise<Uint8Array | undefined>;
  /** What happens to calls on their way; nothing when absent. */
  traffic?: Traffic;
  onFault: OnFault;
  /** `http://127.0.0.1:PORT` */
  endpoint: () => string;
};

/** Decides what a request is for: a deployed API by its address, a download, or a service by the scope of its signature. */
export class Front {
  readonly #options: FrontOptions;
  readonly #services: ReadonlyMap<string, Dispatch>;
  #served: readonly string[] | undefined;

  constructor(options: FrontOptions) {
    this.#options = options;
    const {services, traffic = freeWay, onFault} = options;
    this.#services = new Map(services.map(service => [service.scope, dispatchTo(service, traffic, onFault)]));
  }

  /** From now on only these scopes are served; everything else, deployed APIs included, is 503. */
  serveOnly(scopes: readonly string[]): void {
    this.#served = scopes;
  }

  /** Writes the whole answer. Rejects when the caller went away, or with a defect of ours. */
  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const headers = flatHeaders(request);
    const [path, query] = splitTarget(request.url ?? '/');
    const route = dataPlaneRoute(headers.host, path, query);
    if (route) await this.#answerDataPlane(request, response, route);
    else await this.#answerControlPlane(request, response, {method: request.method ?? 'GET', path, query, headers});
  }

  async #answerDataPlane(
    request: IncomingMessage,
    response: ServerResponse,
    route: Omit<DataPlaneRoute, 'body'>,
  ): Promise<void> {
    const body = await readBody(request, dataPlaneLimit).catch(tooLargeAsUndefined);
    const {dataPlane, onFault} = this.#options;
    if (!body) return send(response, apiError(413, 'Request Too Long'));
    if (!dataPlane || this.#served) return send(response, apiError(503, 'Service Unavailable'));
    try {
      await dataPlane(request, response, {...route, body});
    } catch (error) {
      onFault(error, `${request.method} ${request.url}`);
      if (response.headersSent) response.destroy();
      else send(response, apiError(500, 'Internal server error'));
    }
  }

  async #answerControlPlane(
    request: IncomingMessage,
    response: ServerResponse,
    head: Omit<WireRequest, 'body'>,
  ): Promise<void> {
    const requestId = randomUUID();
    const body = await readBody(request, controlPlaneLimit).catch(tooLargeAsUndefined);
    const about = {requestId, endpoint: this.#options.endpoint()};
    const answered = await this.#answerOf(head, body, about);
    send(response, {...answered, headers: {...answered.headers, 'x-amzn-requestid': requestId}});
  }

  async #answerOf(
    head: Omit<WireRequest, 'body'>,
    body: Uint8Array | undefined,
    about: Pick<RequestContext, 'requestId' | 'endpoint'>,
  ): Promise<WireResponse> {
    try {
      refuseBrowsers(head.headers);
      if (!body) throw new ServiceError('RequestEntityTooLargeException', 'Request entity too large', 413);
      const key = head.method === 'GET' ? downloadForm.exec(head.path)?.[1] : undefined;
      if (key !== undefined) return await this.#download(key);
      const scope = scopeOf(head.method, head.headers, head.query);
      const context = {...about, region: scope.region, account: scope.account};
      return await this.#dispatchFor(scope)({...head, body}, context);
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      return plainError(error, head, about.requestId);
    }
  }

  #dispatchFor(scope: Scope): Dispatch {
    const dispatch = this.#services.get(scope.service);
    if (!dispatch) throw notImplemented(`the service ${scope.service}`);
    if (this.#served && !this.#served.includes(scope.service)) {
      throw new ServiceError('ServiceUnavailableException', 'The embedded AWS is shutting down', 503);
    }
    return dispatch;
  }

  async #download(key: string): Promise<WireResponse> {
    const zip = await this.#options.download?.(key);
    if (!zip) throw new ServiceError('NoSuchKey', 'The specified key does not exist.', 404);
    return {status: 200, headers: {'content-type': 'application/zip'}, body: zip};
  }
}

function flatHeaders(request: IncomingMessage): Record<string, string> {
  const entries = Object.entries(request.headers).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.join(', ') : (value ?? ''),
  ]);
  return Object.fromEntries(entries);
}

function splitTarget(target: string): [path: string, query: string] {
  const mark = target.indexOf('?');
  return mark === -1 ? [target, ''] : [target.slice(0, mark), target.slice(mark + 1)];
}

function tooLargeAsUndefined(error: unknown): undefined {
  if (!(error instanceof BodyTooLarge)) throw error;
}

function apiError(status: number, message: string): WireResponse {
  return {status, headers: {'content-type': 'application/json'}, body: JSON.stringify({message})};
}
