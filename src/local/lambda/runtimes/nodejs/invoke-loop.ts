import type {NextEvent, RuntimeApiClient} from './api-client.ts';
import {logError, setRequestId} from './console-lines.ts';
import {describeError, type ErrorObject, RuntimeError} from './error-object.ts';
import type {LambdaHandler} from './load-handler.ts';

type Outcome = {result: unknown} | {error: unknown};
type Run = {resolve(outcome: Outcome): void; waitForIdle: boolean; awaited: Outcome | undefined; promised: boolean};

/** Takes one event after the other until the process is ended. */
export async function runLoop(client: RuntimeApiClient, handler: LambdaHandler): Promise<never> {
  let current: {run: Run; requestId: string} | undefined;
  const die = (label: string, error: unknown, exitCode: number) => {
    logError(label, error);
    const object: ErrorObject = describeError(error);
    const told = current ? client.invocationError(current.requestId, object) : client.initError(object);
    told.catch(() => {}).finally(() => process.exit(exitCode));
  };
  process.on('uncaughtException', error => die('Uncaught Exception', error, 129));
  process.on('unhandledRejection', reason => {
    const error = new RuntimeError('Runtime.UnhandledPromiseRejection', String(reason));
    die('Unhandled Promise Rejection', Object.assign(error, {reason}), 128);
  });
  process.on('beforeExit', () => {
    if (!current) return;
    const {run} = current;
    run.resolve(run.awaited ?? (run.promised ? {error: neverSettled()} : {result: null}));
  });
  for (;;) {
    const event = await client.next();
    setRequestId(event.requestId);
    if (event.traceId) process.env._X_AMZN_TRACE_ID = event.traceId;
    else delete process.env._X_AMZN_TRACE_ID;
    const outcome = await new Promise<Outcome>(resolve => {
      const run: Run = {resolve, waitForIdle: true, awaited: undefined, promised: false};
      current = {run, requestId: event.requestId};
      callHandler(handler, event, run);
    });
    const answered = answer(client, event.requestId, outcome);
    // A direct `next` goes out with it, so that the environment is free by the time the caller has its answer. When the
    // connection is lost, `next` fails as well.
    if (client.direct) answered.catch(() => {});
    else await answered;
    current = undefined;
  }
}

function callHandler(handler: LambdaHandler, event: NextEvent, run: Run): void {
  const callback = (error: unknown, result?: unknown) => {
    const outcome = error === undefined || error === null ? {result: result ?? null} : {error};
    run.awaited ??= outcome;
    if (!run.waitForIdle || 'error' in outcome) run.resolve(outcome);
  };
  try {
    const value: unknown = handler(JSON.parse(event.payload), createContext(event, run), callback);
    if (!isPromise(value)) return;
    run.promised = true;
    value.then(
      result => run.resolve({result: result ?? null}),
      (error: unknown) => run.resolve({error}),
    );
  } catch (error) {
    run.resolve({error});
  }
}

function createContext(event: NextEvent, run: Run): object {
  const {env} = process;
  const done = (error: unknown, result?: unknown) =>
    run.resolve(error === undefined || error === null ? {result: result ?? null} : {error});
  const optional = {
    clientContext: event.clientContext === undefined ? undefined : parseClientContext(event.clientContext),
    identity: event.cognitoIdentity === undefined ? undefined : (JSON.parse(event.cognitoIdentity) as unknown),
  };
  return {
    get callbackWaitsForEmptyEventLoop() {
      return run.waitForIdle;
    },
    set callbackWaitsForEmptyEventLoop(wait: boolean) {
      run.waitForIdle = wait;
    },
    functionVersion: env.AWS_LAMBDA_FUNCTION_VERSION,
    functionName: env.AWS_LAMBDA_FUNCTION_NAME,
    memoryLimitInMB: env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: env.AWS_LAMBDA_LOG_STREAM_NAME,
    ...optional,
    invokedFunctionArn: event.invokedFunctionArn,
    awsRequestId: event.requestId,
    getRemainingTimeInMillis: () => Math.max(0, event.deadlineMs - Date.now()),
    done,
    succeed: (result?: unknown) => done(null, result),
    fail: (error: unknown) => done(error ?? 'handled'),
  };
}

async function answer(client: RuntimeApiClient, requestId: string, outcome: Outcome): Promise<void> {
  const failed = async (error: unknown) => {
    logError('Invoke Error', error);
    await client.invocationError(requestId, describeError(error));
  };
  if ('error' in outcome) return failed(outcome.error);
  let body: string;
  try {
    body = JSON.stringify(outcome.result) ?? 'null';
  } catch (error) {
    return failed(new RuntimeError('Runtime.MarshalError', `Unable to stringify response body: ${String(error)}`));
  }
  await client.respond(requestId, body);
}

/** Base64 on the Invoke API, JSON on the Runtime API; the caller's own text when it is neither. */
function parseClientContext(text: string): unknown {
  for (const candidate of [text, Buffer.from(text, 'base64').toString()]) {
    try {
      return JSON.parse(candidate) as unknown;
    } catch {
      // The other form may fit.
    }
  }
  return undefined;
}

function neverSettled(): RuntimeError {
  return new RuntimeError(
    'Runtime.NodeJsExit',
    'The handler returned a promise that was never settled, and nothing is left that could settle it.',
  );
}

function isPromise(value: unknown): value is Promise<unknown> {
  return typeof (value as Promise<unknown> | undefined)?.then === 'function';
}
