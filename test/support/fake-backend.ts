import {type ApiMessage, type Emit, message, type StepId, type StepMessage} from '../../src/lifecycle/message.ts';
import type {LocalProcess} from '../../src/operate/local-process.ts';
import type {StackStatus} from '../../src/provision/status.ts';
import type {Backend, Place, Stack} from '../../src/tui/state/backend.ts';
import {type FakeSession, fakeSession, frameTime} from './fake-session.ts';

const resources: [StepId, string, string][] = [
  ['role', 'IAM role', 'lambda-shutdown-demo-role'],
  ['table', 'DynamoDB table', 'lambda-state-events'],
  ['layer', 'Extension layer', 'lambda-shutdown-extension'],
  ['logs-target', 'Log group', '/aws/lambda/lambda-target-demo'],
  ['logs-authorizer', 'Log group', '/aws/lambda/lambda-authorizer-demo'],
  ['target', 'Function', 'lambda-target-demo'],
  ['authorizer', 'Function', 'lambda-authorizer-demo'],
  ['api', 'REST API', 'lambda-lifecycle-api'],
];

const apiUrl = 'http://127.0.0.1:4566/_aws/execute-api/abc123/prod/hello';

export function statusOf(state: StackStatus['state'], present = resources.length): StackStatus {
  const found = resources.map(([id, title, name], index) => {
    const is = state === 'absent' || index >= present ? ('absent' as const) : ('present' as const);
    return {id, title, name, state: is};
  });
  return {state, resources: found, account: '123456789012', ...(state === 'deployed' && {apiUrl})};
}

type FakeStack = Stack & {orders: string[]; found: StackStatus; session: FakeSession};

export type FakeBackend = Backend & {
  local: LocalProcess & {stopped: number};
  stacks: Map<string, FakeStack>;
  /** What `deploy` and `teardown` emit before they wait for `release`. */
  held: {release(): void} | undefined;
};

export type FakeBackendOptions = {
  places?: readonly Place[];
  /** By profile name; a thrown value makes the target unreachable. */
  found?: Record<string, StackStatus | Error>;
  /** Deployments stop half way until `held.release()`. */
  hold?: boolean;
};

/** A world of its own: every order is kept, nothing is called. */
export function fakeBackend({
  places = [{kind: 'local'}],
  found = {},
  hold = false,
}: FakeBackendOptions = {}): FakeBackend {
  const stacks = new Map<string, FakeStack>();
  const backend: FakeBackend = {
    stacks,
    held: undefined,
    local: fakeLocal(),
    listTargets: async () => [...places],
    startLocal: async () => backend.local,
    async connect(place) {
      const key = place.kind === 'aws' ? (place.profile ?? 'environment') : place.url;
      const known = found[key];
      if (known instanceof Error) throw known;
      const stack = fakeStack(place, known ?? statusOf('absent'), async () => {
        if (!hold) return;
        await new Promise<void>(resolve => {
          backend.held = {release: resolve};
        });
      });
      stacks.set(key, stack);
      return stack;
    },
  };
  return backend;
}

function fakeLocal(): FakeBackend['local'] {
  return {
    endpoint: 'http://127.0.0.1:4566',
    pid: 4_242,
    sandbox: 'portable',
    idleWindow: {minMs: 18_000, maxMs: 22_000},
    exited: new Promise(() => {}),
    stopped: 0,
    async stop() {
      this.stopped += 1;
    },
  };
}

function fakeStack(place: Exclude<Place, {kind: 'local'}>, found: StackStatus, wait: () => Promise<void>): FakeStack {
  const session = fakeSession();
  const stack: FakeStack = {
    session,
    found,
    orders: [],
    label: place.kind === 'aws' ? (place.profile ?? 'environment') : 'Local',
    region: place.kind === 'aws' ? (place.region ?? 'us-east-1') : 'us-east-1',
    stack: 'default',
    functionName: 'lambda-target-demo',
    ...(place.kind === 'endpoint' && {endpoint: place.url}),
    status: async () => stack.found,
    async deploy({emit, signal}) {
      stack.orders.push('deploy');
      await steps(emit, wait, 'created');
      if (signal.aborted) throw new Error('Stopped.');
      stack.found = statusOf('deployed');
      return {ok: true, apiUrl, ms: 4_100, criticalPathMs: 4_000, timeline: [], resources: stack.found.resources};
    },
    async teardown({emit}) {
      stack.orders.push('teardown');
      await steps(emit, wait, 'deleted');
      stack.found = statusOf('absent');
      return {ok: true, ms: 900, left: []};
    },
    async openSession(url) {
      stack.orders.push(`open ${url}`);
      return session;
    },
    close: () => {},
  };
  return stack;
}

/** Three steps done, one running, the rest waiting; after `wait` all done. */
async function steps(emit: Emit, wait: () => Promise<void>, action: 'created' | 'deleted'): Promise<void> {
  const at = (ms: number) => new Date(frameTime - 11_500 + ms);
  const tell = (index: number, ms: number, patch: Partial<StepMessage> & Pick<StepMessage, 'status'>) => {
    const [id, title, name] = resources[index]!;
    emit(message<StepMessage>({type: 'step', id, title, name, ...patch}, at(ms)));
  };
  for (const index of resources.keys()) tell(index, 0, {status: 'waiting'});
  for (const index of [0, 1, 2, 3]) tell(index, index * 700, {status: 'running', detail: 'waiting for ACTIVE'});
  for (const index of [0, 1, 2])
    tell(index, 1_200 + index * 3_000, {status: 'done', action, ms: 1_200 + index * 2_300});
  emit(call(at(400), 'iam', 'CreateRole', 200, 310));
  emit(call(at(600), 'dynamodb', 'CreateTable', 200, 180));
  emit({
    ...call(at(9_100), 'lambda', 'CreateFunction', 400, 95),
    error: 'InvalidParameterValueException',
    retryInMs: 1_000,
  });
  await wait();
  for (const index of resources.keys()) tell(index, 11_000, {status: 'done', action, ms: 900});
}

const call = (at: Date, service: string, operation: string, status: number, ms: number) =>
  message<ApiMessage>({type: 'api', service, operation, step: 'role', status, ms, attempt: 1}, at);
