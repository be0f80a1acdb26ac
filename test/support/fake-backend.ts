import {
  type ApiMessage,
  type Emit,
  type ErrorMessage,
  message,
  type NoticeMessage,
  type StepId,
  type StepMessage,
} from '../../src/lifecycle/message.ts';
import type {LocalProcess} from '../../src/operate/local-process.ts';
import type {LastSession} from '../../src/operate/recording/last-session.ts';
import type {Inventory} from '../../src/provision/inventory.ts';
import type {StackStatus} from '../../src/provision/status.ts';
import type {TimedId} from '../../src/provision/stopwatch.ts';
import type {TimelineRow} from '../../src/provision/timeline.ts';
import type {Backend, Place, Stack} from '../../src/tui/backend/backend.ts';
import {type FakeSession, fakeSession, frameTime} from './fake-session.ts';

const resources: [StepId, string, string][] = [
  ['role', 'IAM role', 'lambda-shutdown-demo-role'],
  ['table', 'DynamoDB table', 'lambda-state-events'],
  ['layer', 'Lambda layer', 'lambda-shutdown-extension'],
  ['logs-target', 'Log group', '/aws/lambda/lambda-target-demo'],
  ['logs-authorizer', 'Log group', '/aws/lambda/lambda-authorizer-demo'],
  ['target', 'Target function', 'lambda-target-demo'],
  ['authorizer', 'Authorizer function', 'lambda-authorizer-demo'],
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

/** What a teardown of it finds: everything that is there, counted. */
function inventoryOf({resources, account}: StackStatus): Inventory {
  const rows = resources.map(({id, title, name, state}) => ({id, title, name, state}));
  const counted = {table: {items: 1_284}, 'logs-target': {bytes: 48_230}, 'logs-authorizer': {bytes: 912}};
  return {
    account,
    ours: rows
      .filter(({state}) => state === 'present')
      .map(({state: _, ...row}) => ({...row, ...counted[row.id as keyof typeof counted]})),
    foreign: rows
      .filter(({state}) => state === 'foreign')
      .map(({state: _, ...row}) => ({...row, owner: 'made by hand'})),
  };
}

export type FakeStack = Stack & {
  orders: string[];
  found: StackStatus;
  session: FakeSession;
  counted: Inventory | Error | undefined;
};

export type FakeBackend = Backend & {
  local: LocalProcess & {stopped: number};
  stacks: Map<string, FakeStack>;
  /** What `deploy` and `teardown` emit before they wait for `release`. */
  held: {release(): void} | undefined;
  last: LastSession | undefined;
};

export type FakeBackendOptions = {
  places?: readonly Place[];
  /** By profile name; a thrown value makes the target unreachable. */
  found?: Record<string, StackStatus | Error>;
  /** Deployments stop half way until `held.release()`. */
  hold?: boolean;
  /** Deployments end with a step that failed, teardowns with something left. */
  fails?: boolean;
};

/** A world of its own: every order is kept, nothing is called. */
export function fakeBackend({
  places = [{kind: 'local'}],
  found = {},
  hold = false,
  fails = false,
}: FakeBackendOptions = {}): FakeBackend {
  const stacks = new Map<string, FakeStack>();
  const backend: FakeBackend = {
    stacks,
    held: undefined,
    last: undefined,
    lastSession: async () => backend.last,
    local: fakeLocal(),
    listTargets: async () => [...places],
    startLocal: async () => backend.local,
    async connect(place) {
      if (place.kind === 'aws' && !/^([a-z]+-)+\d$/.test(place.region ?? 'us-east-1')) {
        throw Object.assign(new Error(), {title: `"${place.region}" is no AWS region`});
      }
      const key = place.kind === 'aws' ? (place.profile ?? 'environment') : place.url;
      const known = found[key];
      if (known instanceof Error) throw known;
      const stack = fakeStack(place, known ?? statusOf('absent'), fails, async () => {
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

function fakeStack(
  place: Exclude<Place, {kind: 'local'}>,
  found: StackStatus,
  fails: boolean,
  wait: () => Promise<void>,
): FakeStack {
  const session = fakeSession();
  const onAws = place.kind === 'aws';
  const stack: FakeStack = {
    session,
    found,
    orders: [],
    counted: undefined,
    label: place.kind === 'aws' ? (place.profile ?? 'environment') : 'Local',
    region: place.kind === 'aws' ? (place.region ?? 'us-east-1') : 'us-east-1',
    stack: 'default',
    functionName: 'lambda-target-demo',
    ...(place.kind === 'endpoint' && {endpoint: place.url}),
    ...(place.kind === 'aws' && place.profile !== undefined && {profile: place.profile}),
    status: async () => stack.found,
    async deploy({emit, signal}) {
      stack.orders.push('deploy');
      await steps(emit, wait, {action: 'created', fails, onAws});
      if (signal.aborted) throw new Error('Stopped.');
      if (fails) {
        stack.found = statusOf('partial', 6);
        return {ok: false, ms: 9_000, criticalPathMs: 0, timeline: [], resources: stack.found.resources};
      }
      stack.found = statusOf('deployed');
      return {ok: true, apiUrl, ms: 4_100, criticalPathMs: 4_000, timeline, resources: stack.found.resources};
    },
    async teardown({emit}) {
      stack.orders.push('teardown');
      await steps(emit, wait, {action: 'deleted', fails: false, onAws});
      if (onAws)
        emit(message<NoticeMessage>({type: 'notice', level: 'info', text: 'Looking in 14 s whether late lines'}));
      if (onAws) await wait();
      if (fails)
        return {ok: false, ms: 900, left: [{id: 'role', name: 'lambda-shutdown-demo-role', error: 'DeleteConflict'}]};
      stack.found = statusOf('absent');
      return {ok: true, ms: 900, left: []};
    },
    async openSession(url) {
      stack.orders.push(`open ${url}`);
      return session;
    },
    async inventory() {
      if (stack.counted instanceof Error) throw stack.counted;
      return stack.counted ?? inventoryOf(stack.found);
    },
    countWarm: async () => 2,
    async saveEvents({file, onProgress}) {
      stack.orders.push(`save ${file}`);
      onProgress(1_000);
      return {file, items: 1_284};
    },
    close: () => {},
  };
  return stack;
}

const needs: Partial<Record<StepId, StepId[]>> = {target: ['role', 'layer'], authorizer: ['role'], api: ['authorizer']};
/** On AWS; others 1.5 s. */
const expectedMs: Partial<Record<StepId, number>> = {table: 3_500, 'logs-target': 11_000, target: 2_000};
const critical: ReadonlySet<StepId> = new Set(['role', 'authorizer', 'api']);
const timeline: TimelineRow<TimedId>[] = [
  {id: 'look', startMs: 0, ms: 600, critical: true, waits: []},
  {id: 'role', startMs: 600, ms: 1_200, critical: true, waits: [{what: 'role propagation', ms: 900}]},
  {id: 'authorizer', startMs: 1_800, ms: 2_200, critical: true, waits: []},
];

/** Three steps done, one running, the rest waiting; after `wait` all done, or the sixth failed. */
async function steps(
  emit: Emit,
  wait: () => Promise<void>,
  {action, fails, onAws}: {action: 'created' | 'deleted'; fails: boolean; onAws: boolean},
): Promise<void> {
  const at = (ms: number) => new Date(frameTime - 11_500 + ms);
  const tell = (index: number, ms: number, patch: Partial<StepMessage> & Pick<StepMessage, 'status'>) => {
    const [id, title, name] = resources[index]!;
    const mark = {
      ...(action === 'created' && critical.has(id) && {critical: true as const}),
      ...(onAws && {expectedMs: expectedMs[id] ?? 1_500}),
    };
    emit(message<StepMessage>({type: 'step', id, title, name, ...mark, ...patch}, at(ms)));
  };
  const waitsFor: typeof needs = onAws
    ? {...needs, target: ['role', 'layer', 'logs-target'], api: ['target', 'authorizer']}
    : needs;
  for (const index of resources.keys()) {
    tell(index, 0, {status: 'waiting', ...(action === 'created' && {waitsFor: waitsFor[resources[index]![0]] ?? []})});
  }
  for (const index of [0, 1, 2, 3]) tell(index, index * 700, {status: 'running', detail: 'waiting for ACTIVE'});
  for (const index of [0, 1, 2])
    tell(index, 1_200 + index * 3_000, {status: 'done', action, ms: 1_200 + index * 2_300});
  emit({...call(at(400), 'iam', 'CreateRole', 200, 310), input: {RoleName: 'lambda-shutdown-demo-role'}});
  emit({
    ...call(at(600), 'dynamodb', 'CreateTable', 200, 180),
    ...{step: 'table', input: {TableName: 'lambda-state-events'}},
  });
  emit({
    ...call(at(9_100), 'lambda', 'CreateFunction', 400, 95),
    ...{step: 'target', input: {FunctionName: 'lambda-target-demo'}, without: ['Code']},
    error: 'InvalidParameterValueException',
    retryInMs: 1_000,
  });
  await wait();
  if (fails) {
    const details =
      'AccessDeniedException: User: arn:aws:iam::123456789012:user/demo is not authorized to perform: lambda:CreateFunction on resource: arn:aws:lambda:us-east-1:123456789012:function:lambda-target-demo';
    tell(3, 8_000, {status: 'done', action, ms: 5_900});
    tell(4, 8_000, {status: 'done', action, ms: 900});
    tell(5, 9_000, {status: 'failed', ms: 1_000, error: details});
    for (const index of [6, 7]) tell(index, 9_000, {status: 'skipped', detail: 'not begun'});
    const problem = {
      title: 'Target function lambda-target-demo failed: not allowed',
      details,
      solution: 'Let whoever runs the account give you the permissions that this command prints.',
      next: 'npx lifecycle-tui policy',
    };
    emit(message<ErrorMessage>({type: 'error', ...problem}, at(9_000)));
    return;
  }
  for (const index of resources.keys()) tell(index, 11_000, {status: 'done', action, ms: 900});
}

const call = (at: Date, service: string, operation: string, status: number, ms: number) =>
  message<ApiMessage>({type: 'api', service, operation, step: 'role', status, ms, attempt: 1}, at);
