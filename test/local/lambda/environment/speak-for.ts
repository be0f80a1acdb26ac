import {connect} from 'node:net';
import {eventually, type lambdaBench, type Plan} from './lambda-bench.ts';

/** A bootstrap or an extension that does nothing by itself: the test speaks for it over real HTTP. */
export const still = '#!/bin/sh\necho "api $AWS_LAMBDA_RUNTIME_API"\nexec sleep 1000\n';

export type ApiAnswer = {status: number; headers: Headers; text: string; errorType?: string; errorMessage?: string};
type Request = {headers?: Record<string, string>; body?: string};

export type Speaker = ReturnType<typeof callsTo>;

/** The calls of a runtime and of extensions to an environment's API at `host:port`. */
export function callsTo(api: string) {
  const send = async (method: string, path: string, request: Request): Promise<ApiAnswer> => {
    const answer = await fetch(`http://${api}${path}`, {method, ...request});
    const text = await answer.text();
    const json = text.startsWith('{') ? (JSON.parse(text) as Record<string, string>) : undefined;
    return {...json, status: answer.status, headers: answer.headers, text};
  };
  const call = (method: string, path: string, request: Request = {}) => {
    const answer = send(method, path, request);
    // The end of the environment cuts off what is parked, and nobody may be waiting for it.
    answer.catch(() => {});
    return answer;
  };
  const runtime = '/2018-06-01/runtime';
  const extension = '/2020-01-01/extension';
  const identified = (id: string | undefined, more: Record<string, string> = {}) => ({
    headers: {...(id !== undefined && {'Lambda-Extension-Identifier': id}), ...more},
  });
  return {
    call,
    next: () => call('GET', `${runtime}/invocation/next`),
    respond: (id: string, body: string, headers: Record<string, string> = {}) =>
      call('POST', `${runtime}/invocation/${id}/response`, {body, headers}),
    fail: (id: string, body: string, headers: Record<string, string> = {}) =>
      call('POST', `${runtime}/invocation/${id}/error`, {body, headers}),
    initError: (body: string, headers: Record<string, string> = {}) =>
      call('POST', `${runtime}/init/error`, {body, headers}),
    /** Missing parts are not sent at all. */
    registerAs: (name: string | undefined, body: string | undefined, headers: Record<string, string> = {}) =>
      call('POST', `${extension}/register`, {
        headers: {...(name !== undefined && {'Lambda-Extension-Name': name}), ...headers},
        ...(body !== undefined && {body}),
      }),
    extensionNext: (id: string | undefined) => call('GET', `${extension}/event/next`, identified(id)),
    extensionError: (id: string | undefined, kind: 'init' | 'exit', type: string | undefined) =>
      call('POST', `${extension}/${kind}/error`, {
        ...identified(id, type === undefined ? {} : {'Lambda-Extension-Function-Error-Type': type}),
      }),
  };
}

/** Registers an extension; gives its identifier. */
export async function register(speaker: Speaker, name: string, events: readonly string[]): Promise<string> {
  const answer = await speaker.registerAs(name, JSON.stringify({events}));
  const id = answer.headers.get('lambda-extension-identifier');
  if (id === null) throw new Error(`${name} was not registered: ${answer.text}`);
  return id;
}

/** Sends bytes as they are, then closes this direction; gives whatever comes back. */
export function sendRaw(api: string, text: string): Promise<string> {
  const [host, port] = api.split(':');
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect({host: host!, port: Number(port), allowHalfOpen: true}, () => socket.end(text));
    socket.setEncoding('utf8');
    socket.on('data', (data: string) => {
      answer += data;
    });
    socket.on('end', () => resolve(answer));
    socket.on('error', reject);
  });
}

/** Starts an environment whose runtime and extensions are still, and calls its APIs for them. */
export async function speakFor(
  bench: Awaited<ReturnType<typeof lambdaBench>>,
  layers: Record<string, string>,
  spec: Plan['spec'] = {},
) {
  const started = await bench.prepare({
    code: {'bootstrap!': still},
    layers,
    spec: {runtime: 'provided.al2023', ...spec},
  });
  const init = started.environment.init();
  await eventually(() => started.lines.some(line => line.startsWith('api ')), 'a process tells the address');
  const api = started.lines.find(line => line.startsWith('api '))!.slice('api '.length);
  return {...started, init, ...callsTo(api)};
}
