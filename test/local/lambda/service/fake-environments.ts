import {randomUUID} from 'node:crypto';
import type {EnvironmentFactory, EnvironmentListener} from '../../../../src/local/lambda/environment/create.ts';
import type {
  EnvironmentSpec,
  EnvironmentState,
  ExecutionEnvironment,
  Invocation,
  RunningInvocation,
  ShutdownReason,
} from '../../../../src/local/lambda/environment/environment.ts';

/** How a fake handler behaves; comes as the event. Times are ms. */
export type Behaviour = {ms?: number; extensionMs?: number; error?: boolean; lose?: boolean};

export type FakeEnvironment = ExecutionEnvironment & {
  readonly spec: EnvironmentSpec;
  readonly invocations: Invocation[];
  readonly shutdowns: ShutdownReason[];
  /** As if its processes had died while idle. */
  die(): void;
};

/** Environments without processes that keep the contract, and throw when the pool breaks it. */
export class FakeEnvironments implements EnvironmentFactory {
  readonly sandbox = 'portable';
  readonly all: FakeEnvironment[] = [];
  starting = 0;
  mostStarting = 0;
  closed = false;
  initMs = 0;
  failInit = false;

  alive(): FakeEnvironment[] {
    return this.all.filter(one => one.state !== 'gone');
  }

  create(spec: EnvironmentSpec, on: EnvironmentListener): FakeEnvironment {
    const made = fake(this, spec, on);
    this.all.push(made);
    return made;
  }

  async close(): Promise<void> {
    this.closed = true;
  }
}

const wait = (ms: number) => (ms > 0 ? new Promise<void>(resolve => setTimeout(resolve, ms)) : Promise.resolve());

function fake(factory: FakeEnvironments, spec: EnvironmentSpec, on: EnvironmentListener): FakeEnvironment {
  const id = randomUUID().replaceAll('-', '');
  const [invocations, shutdowns]: [Invocation[], ShutdownReason[]] = [[], []];
  let state: EnvironmentState = 'init';
  const go = (to: EnvironmentState) => {
    if (state === to) return;
    const from = state;
    state = to;
    on.transition({at: new Date().toISOString(), environment: id, functionName: spec.functionName, from, to, ms: 0});
  };
  return {
    ...{id, spec, invocations, shutdowns},
    get state() {
      return state;
    },
    async init() {
      factory.starting += 1;
      factory.mostStarting = Math.max(factory.mostStarting, factory.starting);
      await wait(factory.initMs);
      factory.starting -= 1;
      if (factory.failInit) throw new Error('no process could be started');
      if (state === 'init') go('ready');
    },
    invoke(invocation): RunningInvocation {
      if (state !== 'ready') throw new Error(`invoked in state ${state}`);
      go('invoking');
      invocations.push(invocation);
      const behaviour = JSON.parse(Buffer.from(invocation.payload).toString()) as Behaviour;
      const answer = wait(behaviour.ms ?? 0).then(() =>
        behaviour.error
          ? {payload: Buffer.from('{"errorType":"Error"}'), functionError: 'Unhandled' as const}
          : {payload: Buffer.from(JSON.stringify({environment: id}))},
      );
      const done = answer
        .then(() => wait(behaviour.extensionMs ?? 0))
        .then(() => {
          if (behaviour.lose) throw new Error('lost');
          const lines = [{timestamp: Date.now(), message: `END RequestId: ${invocation.requestId}`}];
          on.lines(lines);
          if (state === 'invoking') go('ready');
          return {lines};
        });
      return {answer, done};
    },
    async shutdown(reason) {
      if (state === 'gone' || state === 'shutting-down') return;
      shutdowns.push(reason);
      go('shutting-down');
      await wait(1);
      go('gone');
    },
    die: () => go('gone'),
  };
}
