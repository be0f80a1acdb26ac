/** What the target makes of an event; texts are the caller's and not to be trusted. */
type TargetRequest = {
  /** 0 to 5,000. */
  sleepMs: number;
  hang: boolean;
  crash: boolean;
  headers: Record<string, string>;
  authorizer: Record<string, string>;
};

const longestSleepMs = 5_000;
const secrets = new Set(['authorization', 'cookie', 'x-api-key', 'x-amz-security-token', 'proxy-authorization']);

/**
 * Reads any event. `sleepMs` comes from the query string or, in a direct Invoke, from the event itself. `hang` and
 * `crash` are honoured in direct Invokes only: those are signed, the API is public.
 */
export function readRequest(event: unknown): TargetRequest {
  const members = record(event);
  const overHttp = 'requestContext' in members;
  const query = record(members.queryStringParameters);
  return {
    sleepMs: sleepMs(overHttp ? query.sleepMs : members.sleepMs),
    hang: !overHttp && members.hang === true,
    crash: !overHttp && members.crash === true,
    headers: masked(texts(members.headers)),
    authorizer: texts(record(members.requestContext).authorizer),
  };
}

function sleepMs(value: unknown): number {
  const text = String(value ?? '');
  return /^\d{1,9}$/.test(text) ? Math.min(Number(text), longestSleepMs) : 0;
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

function texts(value: unknown): Record<string, string> {
  const entries = Object.entries(record(value)).map(([name, member]) => [name, text(member)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

/** The page may end up in a screenshot. */
function masked(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, secrets.has(name.toLowerCase()) ? '(hidden)' : value]),
  );
}
