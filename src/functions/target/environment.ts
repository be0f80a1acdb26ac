import {randomUUID} from 'node:crypto';
import {lstatSync, readFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

/** What this invocation knows of its execution environment. */
export type Seen = {
  environmentId: string;
  /** How many invocations the environment has had, this one included. */
  invocation: number;
  /** The first of this process. */
  cold: boolean;
  /** Now, epoch ms. */
  at: number;
  /** By the wall clock: the monotonic one stops while Lambda has frozen the environment. */
  ageMs: number;
  /** Since the invocation before began; not known on a cold start. */
  sinceLastMs?: number;
};

type StoredEnvironment = {environmentId: string; startedAt: number; invocation: number; lastRequestId: unknown};

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Returns a function to be called once in every invocation. The extension writes its file while the handler runs, before
 * or after it is read here; the request id in it says which. Without an extension the function's own count, UUID and start
 * stand in.
 */
export function createEnvironmentWatch(
  folder: string = tmpdir(),
  clock: () => number = Date.now,
): (requestId: string) => Seen {
  const ownId = randomUUID();
  const path = join(folder, 'lifecycle-environment.json');
  let count = 0;
  let lastAt: number | undefined;
  return requestId => {
    count += 1;
    const at = clock();
    const stored = read(path);
    const counted = stored?.lastRequestId === requestId;
    const startedAt = stored?.startedAt ?? performance.timeOrigin;
    const seen: Seen = {
      environmentId: stored?.environmentId ?? ownId,
      invocation: stored ? stored.invocation + (counted ? 0 : 1) : count,
      cold: count === 1,
      at,
      ageMs: Math.max(0, Math.round(at - startedAt)),
      ...(lastAt !== undefined && {sinceLastMs: Math.max(0, at - lastAt)}),
    };
    lastAt = at;
    return seen;
  };
}

/** The same facts as response headers. `x-lifecycle-init-ms`, on cold ones only, is process start to code loaded. */
export function facts(seen: Seen, initMs: number, context: {awsRequestId: string; logStreamName: string}) {
  return {
    'x-lifecycle-environment': seen.environmentId,
    'x-lifecycle-invocation': String(seen.invocation),
    'x-lifecycle-cold': String(seen.cold),
    ...(seen.cold && {'x-lifecycle-init-ms': String(initMs)}),
    'x-lifecycle-log-stream': context.logStreamName,
    // API Gateway's own x-amzn-requestid names another request.
    'x-lifecycle-request-id': context.awsRequestId,
  };
}

/** Anything in the environment may have written the file: no links, no big ones, no surprises. */
function read(path: string): StoredEnvironment | undefined {
  try {
    const entry = lstatSync(path);
    if (!entry.isFile() || entry.size > 4_096) return undefined;
    const {environmentId, environmentStartedAt, invocation, lastRequestId} = JSON.parse(readFileSync(path, 'utf8'));
    if (typeof environmentId !== 'string' || !uuid.test(environmentId)) return undefined;
    if (!Number.isSafeInteger(invocation) || invocation < 0) return undefined;
    const startedAt = Date.parse(environmentStartedAt);
    if (Number.isNaN(startedAt)) return undefined;
    return {environmentId, startedAt, invocation, lastRequestId};
  } catch {
    return undefined;
  }
}
