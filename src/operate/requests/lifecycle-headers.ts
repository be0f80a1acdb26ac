import type {ResponseMessage} from '../../lifecycle/message.ts';

type Headers = Readonly<Record<string, string | string[] | number | undefined>>;
type Facts = Pick<ResponseMessage, 'requestId' | 'environmentId' | 'cold' | 'invocation' | 'initMs' | 'logStream'>;

/** What the target says of its environment in `x-lifecycle-*` response headers; a header that makes no sense is left out. */
export function lifecycleFacts(headers: Headers): Facts {
  const requestId = text(headers['x-lifecycle-request-id'] ?? headers['x-amzn-requestid']);
  const environmentId = text(headers['x-lifecycle-environment']);
  const logStream = text(headers['x-lifecycle-log-stream']);
  const invocation = number(headers['x-lifecycle-invocation']);
  const initMs = number(headers['x-lifecycle-init-ms']);
  const cold = text(headers['x-lifecycle-cold']);
  return {
    ...(requestId !== undefined && {requestId}),
    ...(environmentId !== undefined && {environmentId}),
    ...((cold === 'true' || cold === 'false') && {cold: cold === 'true'}),
    ...(invocation !== undefined && {invocation}),
    ...(initMs !== undefined && {initMs}),
    ...(logStream !== undefined && {logStream}),
  };
}

/** The headers in the payload of a direct Invoke, names in lower case, and the error message of a failed one. */
export function readAnswer(payload: Uint8Array | undefined): {headers: Headers; error?: string} {
  let answer: unknown;
  try {
    answer = JSON.parse(new TextDecoder().decode(payload ?? new Uint8Array()));
  } catch {
    return {headers: {}};
  }
  if (typeof answer !== 'object' || answer === null) return {headers: {}};
  const {headers, errorMessage} = answer as {headers?: unknown; errorMessage?: unknown};
  const pairs = typeof headers === 'object' && headers !== null ? Object.entries(headers) : [];
  return {
    headers: Object.fromEntries(pairs.map(([name, value]) => [name.toLowerCase(), value])),
    ...(typeof errorMessage === 'string' && {error: errorMessage}),
  };
}

function text(value: Headers[string]): string | undefined {
  return value === undefined || Array.isArray(value) ? undefined : String(value);
}

function number(value: Headers[string]): number | undefined {
  const found = Number(text(value) ?? Number.NaN);
  return Number.isFinite(found) && found >= 0 ? found : undefined;
}
