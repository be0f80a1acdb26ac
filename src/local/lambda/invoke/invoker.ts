import {randomBytes, randomUUID} from 'node:crypto';
import type {LogLine} from '../../logs/log-sink.ts';
import {ServiceError} from '../../wire/service.ts';
import type {InvokeAnswer} from '../environment/environment.ts';
import {conflict} from '../functions/errors.ts';
import type {FunctionVersion, LambdaFunction} from '../functions/model.ts';
import type {FunctionReference} from '../functions/names.ts';
import {type FunctionStore, versionOf} from '../functions/store.ts';
import {allowsInvoke, type Source} from '../permissions/policy.ts';
import type {Concurrency} from '../pool/concurrency.ts';
import type {EnvironmentPlan, Pool} from '../pool/pool.ts';

/** One event on its way to a function. */
export type LambdaEvent = {
  requestId: string;
  payload: Uint8Array;
  clientContext?: string;
  traceId?: string;
};

export type InvokeResult = {answer: InvokeAnswer; version: string; done: Promise<{lines: LogLine[]}>};

export type InvokerParts = {store: FunctionStore; pool: Pool; concurrency: Concurrency; endpoint: () => string};

/** Finds the configuration that an event goes to, and brings it there within the concurrency that is left. */
export class Invoker {
  readonly #parts: InvokerParts;

  constructor(parts: InvokerParts) {
    this.#parts = parts;
  }

  /** What an Invoke may go to. Throws ResourceNotFoundException, and ResourceConflictException while the function is Pending. */
  find(reference: FunctionReference): {found: LambdaFunction; version: FunctionVersion} {
    const found = this.#parts.store.get(reference);
    const version = versionOf(found, reference.qualifier);
    if (found.state === 'Pending') {
      throw conflict(
        'The operation cannot be performed at this time. The function is currently in the following state: Pending',
      );
    }
    return {found, version: version === found.latest ? found.live : version};
  }

  /** Throws AccessDeniedException unless the function's resource policy lets the source in. */
  checkSource(reference: FunctionReference, source: Source): void {
    const {found} = this.find(reference);
    if (allowsInvoke(found.policies.get(reference.qualifier ?? ''), source)) return;
    throw new ServiceError(
      'AccessDeniedException',
      `User: ${source.principal} is not authorized to perform: lambda:InvokeFunction on resource: ${arnOf(reference)} because no resource-based policy allows the lambda:InvokeFunction action`,
      403,
    );
  }

  /**
   * Resolves when the caller may be answered; `done` when the invoke phase is over.
   * Throws TooManyRequestsException, and what `find` throws.
   */
  async invoke(reference: FunctionReference, event: LambdaEvent): Promise<InvokeResult> {
    const {store, pool, concurrency} = this.#parts;
    const {found, version} = this.find(reference);
    const leave = concurrency.enter(found.arn, store.concurrencyOf(found));
    const running = await pool
      .run(version, () => this.#plan(found, version), {
        ...event,
        traceId: event.traceId ?? newTraceId(),
        invokedFunctionArn: arnOf(reference),
      })
      .catch(error => {
        leave();
        throw error;
      });
    running.done.then(leave, leave);
    return {answer: await running.answer, version: version.version, done: running.done};
  }

  #plan({account, region, name, arn}: LambdaFunction, version: FunctionVersion): EnvironmentPlan {
    const spec = {
      account,
      region,
      functionName: name,
      functionVersion: version.version,
      functionArn: arn,
      runtime: version.runtime,
      handler: version.handler,
      memoryMb: version.memorySize,
      timeoutMs: version.timeout * 1_000,
      variables: version.variables,
      codeFolder: version.code.folder,
      layersFolder: version.layersFolder,
      logGroup: version.logGroup,
      ...(version.jsonLogging && {jsonLogging: version.jsonLogging}),
      logStream: logStream(version.version, new Date()),
      initializationType: 'on-demand' as const,
      endpoint: this.#parts.endpoint(),
    };
    return {spec, roleArn: version.role};
  }
}

const arnOf = ({arn, qualifier}: FunctionReference) => (qualifier === undefined ? arn : `${arn}:${qualifier}`);

/** `YYYY/MM/DD/[$LATEST]<32 hex>`, in UTC. */
const logStream = (version: string, now: Date) =>
  `${now.toISOString().slice(0, 10).replaceAll('-', '/')}/[${version}]${randomUUID().replaceAll('-', '')}`;

/** A trace of its own for an event that comes without, not sampled. */
function newTraceId(): string {
  const seconds = Math.floor(Date.now() / 1_000).toString(16);
  const digits = randomBytes(20).toString('hex');
  return `Root=1-${seconds}-${digits.slice(0, 24)};Parent=${digits.slice(24)};Sampled=0`;
}
