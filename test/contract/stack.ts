import {createHash} from 'node:crypto';
import {mkdtemp, readFile, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import type {MiddlewareStack} from '@smithy/types';
import {buildAssets} from '../../src/assets/build.ts';
import type {ApiCall} from '../../src/aws/api-call.ts';
import {type Clients, createClients} from '../../src/aws/clients.ts';
import {type StackNames, stackNames} from '../../src/aws/names.ts';
import type {Target} from '../../src/aws/target.ts';
import type {Message} from '../../src/lifecycle/message.ts';
import type {Assets, DeployOptions} from '../../src/provision/context.ts';
import {deploy} from '../../src/provision/deploy.ts';
import {status} from '../../src/provision/status.ts';
import {teardown} from '../../src/provision/teardown.ts';

/** Operations that read; every other one changes something. */
const reads = /^(Get|List|Describe|Query|Scan)/;

/** One stack on one endpoint, with everything that was called and told since the last `forget`. */
export class Stack {
  readonly calls: ApiCall[] = [];
  readonly messages: Message[] = [];
  readonly target: Target;
  readonly clients: Clients;
  readonly names: StackNames;
  readonly assets: Promise<Assets>;

  constructor(endpoint: string, stack: string, assets: Promise<Assets>) {
    this.target = {label: 'test', region: 'us-east-1', endpoint};
    this.clients = createClients(this.target, {onCall: call => this.calls.push(call)});
    this.names = stackNames(stack, 'us-east-1');
    this.assets = assets;
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

  teardown(options: {keepRole?: boolean} = {}) {
    return teardown({...this.request(), options});
  }

  /**
   * From the write number `index` (from 0) on, nothing gets through any more, as after `kill -9`: `before` it is sent, or
   * `after` AWS has done it and before the answer is read.
   */
  dieAt(index: number, when: 'before' | 'after'): void {
    let writes = 0;
    const {destroy: _, ...clients} = this.clients;
    for (const client of Object.values(clients)) {
      // biome-ignore lint/suspicious/noExplicitAny: one middleware for the commands of every client
      const stack: MiddlewareStack<any, any> = client.middlewareStack;
      stack.add(
        (next, context) => async args => {
          if (writes > index) throw new Error('dead');
          const isLast = !reads.test(context.commandName ?? '') && writes++ === index;
          if (isLast && when === 'before') throw new Error('dead');
          const answer = await next(args);
          if (isLast || writes > index) throw new Error('dead');
          return answer;
        },
        {step: 'initialize'},
      );
    }
  }

  /** Every call of this operation fails with `error`, unsent. */
  refuse(operation: string, error: Error): void {
    const {destroy: _, ...clients} = this.clients;
    for (const client of Object.values(clients)) {
      // biome-ignore lint/suspicious/noExplicitAny: one middleware for the commands of every client
      const stack: MiddlewareStack<any, any> = client.middlewareStack;
      stack.add(
        (next, context) => args => (context.commandName === `${operation}Command` ? Promise.reject(error) : next(args)),
        {step: 'initialize'},
      );
    }
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
      .filter(({operation}) => !reads.test(operation))
      .map(({service, operation}) => `${service} ${operation}`);
  }

  errors(): string[] {
    return this.messages.flatMap(each => (each.type === 'error' ? [`${each.title}: ${each.details}`] : []));
  }

  drift(resources: readonly {id: string; drift?: string}[]): string[] {
    return resources.flatMap(({id, drift}) => (drift === undefined ? [] : [`${id}: ${drift}`]));
  }
}

/** The real zips, built from the sources as they are now. */
export async function builtAssets(): Promise<Assets> {
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
