import {randomUUID} from 'node:crypto';
import {join} from 'node:path';
import type {LogSink} from '../logs/log-sink.ts';
import type {Settings} from '../settings.ts';
import type {SchemaService} from '../wire/service.ts';
import {CodeStore} from './code/code-store.ts';
import {createEnvironmentFactory, type EnvironmentFactory} from './environment/create.ts';
import type {InvokeAnswer, Transition} from './environment/environment.ts';
import {readReference} from './functions/names.ts';
import type {LambdaRoles} from './functions/parts.ts';
import {Progress} from './functions/progress.ts';
import {FunctionStore} from './functions/store.ts';
import {AsyncQueue} from './invoke/async-queue.ts';
import {Invoker} from './invoke/invoker.ts';
import {createInvoke} from './invoke/operation.ts';
import {LayerStore} from './layers/layer-store.ts';
import {createOperations} from './operations.ts';
import type {Source} from './permissions/policy.ts';
import {Concurrency} from './pool/concurrency.ts';
import {Pool} from './pool/pool.ts';

/**
 * Invokes a function by its ARN, qualifier included where there is one. With `source` the function's resource policy must allow it.
 * Throws ServiceError: AccessDeniedException, ResourceNotFoundException, ResourceConflictException (Pending), TooManyRequestsException.
 */
type InvokeFunction = (request: {
  functionArn: string;
  payload: Uint8Array;
  traceId?: string;
  source?: Source;
}) => Promise<InvokeAnswer>;

export type LambdaService = {
  service: SchemaService;
  sandbox: EnvironmentFactory['sandbox'];
  /** Why it is not a stronger form. */
  sandboxReason?: string;
  invoke: InvokeFunction;
  /** The zip behind a `Location`, by the last part of its path. */
  download(key: string): Promise<Uint8Array | undefined>;
  /** Every environment gets its SHUTDOWN first. */
  close(): Promise<void>;
};

export type LambdaOptions = {
  settings: Settings;
  account: string;
  sink: LogSink;
  roles: LambdaRoles;
  /** The address of the embedded AWS, known once it listens. */
  endpoint: () => string;
  /** For code, layers and environments; made by the caller, who also removes it. */
  folder: string;
  onTransition?: (transition: Transition) => void;
  onNotice?: (text: string) => void;
  /** In place of the real one. */
  environments?: EnvironmentFactory;
  /** 0 up to 1; spreads the idle lifetimes. */
  random?: () => number;
};

/** The Lambda service: control plane, Invoke, and the environments behind them. */
export async function createLambda(options: LambdaOptions): Promise<LambdaService> {
  const {settings, account, endpoint, folder, onNotice = () => {}} = options;
  const environments = options.environments ?? (await createEnvironmentFactory({settings, folder, onNotice}));
  const store = new FunctionStore(settings.accountConcurrency);
  const code = new CodeStore(join(folder, 'code'), settings.unpackedLimitBytes);
  const pool = createPool(options, environments);
  const progress = new Progress(settings, version => pool.retire(version));
  const invoker = new Invoker({store, pool, concurrency: new Concurrency(), endpoint});
  const queue = new AsyncQueue(invoker, settings, onNotice);
  const parts = {
    ...{store, code, progress, roles: options.roles},
    layers: new LayerStore(),
    retire: (version: object) => pool.retire(version),
  };
  return {
    service: {
      kind: 'schema',
      scope: 'lambda',
      protocol: 'restJson1',
      operations: createOperations(parts, settings, createInvoke(invoker, queue, settings)),
    },
    sandbox: environments.sandbox,
    ...(environments.sandboxReason !== undefined && {sandboxReason: environments.sandboxReason}),
    async invoke({functionArn, payload, traceId, source}) {
      const reference = readReference(functionArn, {region: '', account});
      if (source) invoker.checkSource(reference, source);
      const event = {requestId: randomUUID(), payload, ...(traceId === undefined ? {} : {traceId})};
      return (await invoker.invoke(reference, event)).answer;
    },
    download: key => code.download(key),
    async close() {
      progress.close();
      queue.close();
      await pool.close();
      await environments.close();
    },
  };
}

function createPool(
  {settings, sink, roles, onTransition, random}: LambdaOptions,
  environments: EnvironmentFactory,
): Pool {
  return new Pool({
    create: (spec, on) => environments.create(spec, on),
    onLines: ({spec: {account, region, logGroup, logStream}, roleArn}, lines) =>
      sink.write(lines, {
        ...{account, region, group: logGroup, stream: logStream},
        get mayCreateGroup() {
          return roles.mayCreateLogGroup?.(roleArn) ?? true;
        },
      }),
    onTransition: onTransition ?? (() => {}),
    idleMs: settings.idleMs,
    idleSpread: settings.idleSpread,
    retireMs: settings.retireMs,
    concurrentStarts: settings.concurrentStarts,
    random: random ?? Math.random,
  });
}
