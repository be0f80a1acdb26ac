import type {IncomingMessage, ServerResponse} from 'node:http';
import {accept, answerJson, header, readBody, refuse} from './api-answer.ts';
import type {ApiHandler, ApiRoute} from './api-server.ts';
import type {EnvironmentSpec} from './environment.ts';
import {Extension, type ExtensionEvent} from './extension.ts';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const bodyLimit = 65_536;

/** The Extensions API of one generation of processes, with everyone who has registered. */
export class ExtensionsApi {
  readonly extensions: Extension[] = [];
  private readonly spec: EnvironmentSpec;
  private readonly maxExtensions: number;
  private readonly changed: () => void;
  private closed = false;

  /** `changed` is told of every step an extension takes. */
  constructor(options: {spec: EnvironmentSpec; maxExtensions: number; changed: () => void}) {
    this.spec = options.spec;
    this.maxExtensions = options.maxExtensions;
    this.changed = options.changed;
  }

  /** Makes an extension known that is a file in `/opt/extensions`, before its process starts. */
  expect(name: string): Extension {
    const extension = new Extension(name, true);
    this.extensions.push(extension);
    return extension;
  }

  get routes(): ApiRoute[] {
    const base = '/2020-01-01/extension';
    return [
      {method: 'POST', path: `${base}/register`, handle: (request, response) => this.register(request, response)},
      {method: 'GET', path: `${base}/event/next`, handle: (request, response) => this.next(request, response)},
      {method: 'POST', path: `${base}/init/error`, handle: this.report('InitError')},
      {method: 'POST', path: `${base}/exit/error`, handle: this.report('ExitError')},
    ];
  }

  get registered(): Extension[] {
    return this.extensions.filter(extension => extension.registered);
  }

  /** At the runtime's first `next`. */
  closeRegistration(): void {
    this.closed = true;
  }

  private async register(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const {bytes} = await readBody(request, bodyLimit);
    const name = header(request, 'lambda-extension-name');
    if (!name) return refuse(response, 403, 'Extension.InvalidExtensionName', 'Empty extension name');
    const body = parseRegistration(bytes);
    if (typeof body === 'string') return refuse(response, 403, 'InvalidRequestFormat', body);
    const external = this.extensions.find(extension => extension.external && extension.name === name);
    const problem = external ? undefined : this.refuseInternal(name);
    if (problem) return refuse(response, 403, ...problem);
    const wrong = eventProblem(body.events, external !== undefined);
    if (wrong) return refuse(response, 403, 'Extension.InvalidEventType', wrong);
    const extension = external ?? new Extension(name, false);
    const denied = extension.become('Registered');
    if (denied) return refuse(response, 403, 'Extension.InvalidExtensionState', denied);
    extension.events = [...new Set(body.events)] as ExtensionEvent[];
    if (!external) this.extensions.push(extension);
    const {functionName, functionVersion, handler, account} = this.spec;
    const features = (header(request, 'lambda-extension-accept-feature') ?? '').split(',').map(text => text.trim());
    const accountId = features.includes('accountId') ? {accountId: account} : {};
    const answer = {functionName, functionVersion, handler, ...accountId};
    answerJson(response, 200, answer, {'Lambda-Extension-Identifier': extension.id});
    this.changed();
  }

  private refuseInternal(name: string): [type: string, message: string] | undefined {
    if (this.closed) return ['Extension.RegistrationClosed', 'Extension registration closed already'];
    const twin = this.extensions.find(extension => extension.name === name);
    if (twin) {
      const text = `State transition from ${twin.state} to Registered failed for extension ${name}.`;
      return ['Extension.InvalidExtensionState', `${text} Error: State transition is not allowed`];
    }
    if (this.extensions.length >= this.maxExtensions) {
      return ['Extension.TooManyExtensions', `Extension limit (${this.maxExtensions}) reached`];
    }
    return undefined;
  }

  private next(request: IncomingMessage, response: ServerResponse): void {
    const extension = this.identify(request, response);
    if (!extension) return;
    const denied = extension.become('Ready');
    if (denied) {
      refuse(response, 403, 'Extension.InvalidExtensionState', denied);
      return;
    }
    extension.park(response);
    this.changed();
  }

  private report(wanted: 'InitError' | 'ExitError'): ApiHandler {
    return async (request, response) => {
      const extension = this.identify(request, response);
      if (!extension) return void request.resume();
      await readBody(request, bodyLimit);
      const errorType = header(request, 'lambda-extension-function-error-type');
      if (!errorType) {
        return refuse(response, 403, 'Extension.MissingHeader', 'Lambda-Extension-Function-Error-Type not found');
      }
      const denied = extension.become(wanted);
      if (denied) return refuse(response, 403, 'Extension.InvalidExtensionState', denied);
      extension.errorType ??= errorType;
      accept(response);
      this.changed();
    };
  }

  /** The extension that calls, by its identifier; otherwise the call is refused. */
  identify(request: IncomingMessage, response: ServerResponse): Extension | undefined {
    const id = header(request, 'lambda-extension-identifier');
    const refuseId = (what: string, message: string) => {
      refuse(response, 403, `Extension.${what}ExtensionIdentifier`, message);
      return undefined;
    };
    if (!id) return refuseId('Missing', 'Missing Lambda-Extension-Identifier header');
    if (!uuid.test(id)) return refuseId('Invalid', 'Invalid Lambda-Extension-Identifier');
    const known = this.registered.find(extension => extension.id === id.toLowerCase());
    return known ?? refuseId('Unknown', `Unknown extension ${id}`);
  }
}

/** The events asked for, or what is wrong with the body. */
function parseRegistration(bytes: Buffer): {events: string[]} | string {
  let body: unknown;
  try {
    body = JSON.parse(bytes.toString());
  } catch (error) {
    return bytes.length === 0 ? 'EOF' : (error as Error).message;
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return 'The body is not a JSON object';
  if ('configurationKeys' in body) return 'unknown field "configurationKeys"';
  const events = (body as {events?: unknown}).events ?? [];
  const texts = Array.isArray(events) && events.every(event => typeof event === 'string');
  return texts ? {events} : '"events" is not a list of strings';
}

function eventProblem(events: readonly string[], external: boolean): string | undefined {
  const unknown = events.find(event => event !== 'INVOKE' && event !== 'SHUTDOWN');
  if (unknown !== undefined) return `${unknown}: ErrorInvalidEventType`;
  if (!external && events.includes('SHUTDOWN')) return 'SHUTDOWN: ShutdownEventNotSupportedForInternalExtension';
  return undefined;
}
