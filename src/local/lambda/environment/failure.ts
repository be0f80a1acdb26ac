import type {Exit} from '../sandbox/sandbox.ts';

/** Why an init or an invocation failed, in Lambda's terms. */
export type Failure = {
  /** `Runtime.ExitError`, `Extension.Crash`, … */
  type: string;
  message: string;
  /** What the runtime itself posted: the caller gets it unchanged. */
  payload?: Uint8Array;
  status: 'error' | 'timeout';
};

/** What the caller of a failed invocation gets. */
export function failurePayload(failure: Failure, requestId: string): Uint8Array {
  if (failure.payload) return failure.payload;
  return Buffer.from(
    JSON.stringify({errorType: failure.type, errorMessage: `RequestId: ${requestId} Error: ${failure.message}`}),
  );
}

/** What the function threw: by its error object, else by the header that came with it, which runtimes keep general. */
export function postedType({payload, errorType = 'Error'}: {payload: Uint8Array; errorType?: string}): string {
  try {
    const posted: unknown = JSON.parse(Buffer.from(payload).toString());
    if (typeof posted === 'object' && posted !== null && 'errorType' in posted) return String(posted.errorType);
  } catch {
    // Whatever the runtime posted goes to the caller as it is.
  }
  return errorType;
}

/** The runtime's process has gone. */
export function runtimeExit(exit: Exit): Failure {
  return {
    type: 'Runtime.ExitError',
    message:
      'code' in exit && exit.code === 0
        ? 'Runtime exited without providing a reason'
        : `Runtime exited with error: ${exitText(exit)}`,
    status: 'error',
  };
}

/** An extension's process has gone; `reported` is what it had told of itself before. */
export function extensionExit(exit: Exit, reported?: 'InitError' | 'ExitError'): Failure {
  const zero = 'code' in exit && exit.code === 0;
  return {
    type: `Extension.${reported ?? 'Crash'}`,
    message: zero ? 'exit code 0' : exitText(exit),
    status: 'error',
  };
}

/** The function's time is over. */
export function timedOut(timeoutMs: number): Failure {
  return {
    type: 'Sandbox.Timedout',
    message: `Task timed out after ${(timeoutMs / 1000).toFixed(2)} seconds`,
    status: 'timeout',
  };
}

const signalTexts: Readonly<Record<string, string>> = {
  SIGKILL: 'killed',
  SIGTERM: 'terminated',
  SIGSEGV: 'segmentation fault',
  SIGABRT: 'aborted',
  SIGINT: 'interrupt',
  SIGHUP: 'hangup',
};

function exitText(exit: Exit): string {
  return 'code' in exit ? `exit status ${exit.code}` : `signal: ${signalTexts[exit.signal] ?? exit.signal}`;
}

/** A `provided` runtime without a bootstrap. */
export function noBootstrap(paths: {task: string; opt: string}): Failure {
  const places = `${paths.task}/bootstrap ${paths.opt}/bootstrap`;
  return {type: 'Runtime.InvalidEntrypoint', message: `Couldn't find valid bootstrap(s): [${places}]`, status: 'error'};
}
