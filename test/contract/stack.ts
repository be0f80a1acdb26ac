import {createHash} from 'node:crypto';
import {mkdtemp, readFile, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import type {FinalizeRequestMiddleware, InitializeMiddleware, MiddlewareStack} from '@smithy/types';
import {buildAssets} from '../../src/assets/build.ts';
import type {ApiCall} from '../../src/aws/api-call.ts';
import {type Clients, createClients} from '../../src/aws/clients.ts';
import {type StackNames, stackNames} from '../../src/aws/names.ts';
import type {Pace} from '../../src/aws/pace.ts';
import type {Target} from '../../src/aws/target.ts';
import type {Message} from '../../src/lifecycle/message.ts';
import {ServiceError} from '../../src/local/wire/service.ts';
import {ConnectionCut, type Traffic} from '../../src/local/wire/traffic.ts';
import type {Assets, DeployOptions} from '../../src/provision/context.ts';
import {deploy} from '../../src/provision/deploy.ts';
import {status} from '../../src/provision/status.ts';
import {teardown} from '../../src/provision/teardown.ts';
import type {Crash} from './crashes.ts';

/** Operations that read; every other one changes something. */
const reads = /^(Get|List|Describe|Query|Scan)/;

export const isRead = (operation: string): boolean => reads.test(operation);

export type Way = <T>(send: () => Promise<T>, operation: string) => Promise<T>;

/** One stack on one endpoint, with everything that was called and told since the last `forget`. */
export class Stack {
  readonly calls: ApiCall[] = [];
  readonly messages: Message[] = [];
  readonly target: Target;
  readonly clients: Clients;
  readonly names: StackNames;
  readonly assets: Promise<Assets>;
  /** What is around every call, outside the SDK's retries. */
  way: Way = send => send();

  constructor(endpoint: string, stack: string, assets: Promise<Assets>, region = 'us-east-1', pace?: Pace) {
    this.target = {label: 'test', region, endpoint};
    this.clients = createClients(this.target, {onCall: call => this.calls.push(call), ...(pace && {pace})});
    this.names = stackNames(stack, region);
    this.assets = assets;
    const {destroy: _, ...clients} = this.clients;
    for (const client of Object.values(clients)) {
      // biome-ignore lint/suspicious/noExplicitAny: one middleware for the commands of every client
      const middleware: MiddlewareStack<any, any> = client.middlewareStack;
      const through: InitializeMiddleware<object, object> = (next, context) => args =>
        this.way(() => next(args), (context.commandName ?? '').replace(/Command$/, ''));
      middleware.add(through, {step: 'initialize'});
    }
  }

  request(signal?: AbortSignal) {
    const {target, clients, names, assets} = this;
    return {target, clients, names, assets, emit: (each: Message) => this.messages.push(each), ...(signal && {signal})};
  }

  deploy(options: Partial<DeployOptions> = {}, signal?: AbortSignal) {
    return deploy({...this.request(signal), options: {ttlSeconds: 1_200, smoke: false, ...options}});
  }

  status() {
    return status(this.request());
  }

  teardown(options: {keepRole?: boolean} = {}, signal?: AbortSignal) {
    return teardown({...this.request(signal), options});
  }

  /** Every attempt of every call goes this way, as it would on the way of the embedded AWS. */
  meet(traffic: Traffic): void {
    const {destroy: _, ...clients} = this.clients;
    for (const [service, client] of Object.entries(clients)) {
      // biome-ignore lint/suspicious/noExplicitAny: one middleware for the commands of every client
      const middleware: MiddlewareStack<any, any> = client.middlewareStack;
      const through: FinalizeRequestMiddleware<object, object> = (next, context) => args => {
        const operation = (context.commandName ?? '').replace(/Command$/, '');
        const call = {service, operation, account: '', region: this.target.region};
        return traffic(call, () => next(args)).catch(error => Promise.reject(asTheSdkHasIt(error)));
      };
      middleware.add(through, {step: 'finalizeRequest', priority: 'low'});
    }
  }

  /** From there on nothing gets through any more, as after `kill -9`: nothing is sent, and no answer is read. */
  dieAt({index, when}: Crash): void {
    let calls = 0;
    let isDead = false;
    this.way = async send => {
      const isLast = calls++ === index;
      isDead ||= isLast && when === 'before';
      if (isDead) throw new Error('dead');
      const answer = await send();
      isDead ||= isLast;
      if (isDead) throw new Error('dead');
      return answer;
    };
  }

  /** Every call of this operation fails with `error`, unsent. */
  refuse(operation: string, error: Error): void {
    this.way = (send, name) => (name === operation ? Promise.reject(error) : send());
  }

  /** The last thing told of each step. */
  steps(): Record<string, string> {
    return Object.fromEntries(
      this.messages.flatMap(each => (each.type === 'step' ? [[each.id, each.action ?? each.status]] : [])),
    );
  }

  forget(): void {
    this.calls.length = 0;
    this.messages.length = 0;
  }

  /** Service and operation of the calls that may have changed something. */
  writes(): string[] {
    return this.calls
      .filter(({operation}) => !isRead(operation))
      .map(({service, operation}) => `${service} ${operation}`);
  }

  errors(): string[] {
    return this.messages.flatMap(each => (each.type === 'error' ? [`${each.title}: ${each.details}`] : []));
  }

  drift(resources: readonly {id: string; drift?: string}[]): string[] {
    return resources.flatMap(({id, drift}) => (drift === undefined ? [] : [`${id}: ${drift}`]));
  }
}

function asTheSdkHasIt(error: unknown): unknown {
  if (error instanceof ConnectionCut) return Object.assign(new Error('socket hang up'), {code: 'ECONNRESET'});
  if (!(error instanceof ServiceError)) return error;
  return Object.assign(new Error(error.message), {name: error.code, $metadata: {httpStatusCode: error.status}});
}

let assets: Promise<Assets> | undefined;

/** The real zips, built once from the sources as they are now. */
export function builtAssets(): Promise<Assets> {
  assets ??= build();
  return assets;
}

async function build(): Promise<Assets> {
  const outFolder = await mkdtemp(join(tmpdir(), 'lifecycle-assets-'));
  try {
    await buildAssets({root: fileURLToPath(new URL('../../', import.meta.url)), outFolder});
    const load = async (name: string) => {
      const zip = await readFile(join(outFolder, `${name}.zip`));
      return {zip, sha256: createHash('sha256').update(zip).digest('base64')};
    };
    return {layer: await load('layer'), target: await load('target'), authorizer: await load('authorizer')};
  } finally {
    await rm(outFolder, {recursive: true});
  }
}
