import {lstatSync, readFileSync} from 'node:fs';
import {replaceFile} from './replace-file.ts';

/**
 * What outlives a reset of the execution environment, in its /tmp. `generation` counts starts of the extension,
 * `invocation` INVOKEs and `sequence` all events. `lastRequestId` tells the function whether its invocation is counted.
 */
export type StoredEnvironment = {
  environmentId: string;
  environmentStartedAt: string;
  generation: number;
  invocation: number;
  sequence: number;
  lastRequestId?: string;
};

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const longestBytes = 4_096;

/** Undefined when there is none, or what is there is not ours: the function can write to the same folder. */
export function readEnvironment(path: string): StoredEnvironment | undefined {
  try {
    const entry = lstatSync(path);
    if (!entry.isFile() || entry.size > longestBytes) return undefined;
    return parseEnvironment(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return undefined;
  }
}

/** Throws the file system's errors. */
export function writeEnvironment(path: string, environment: StoredEnvironment): void {
  replaceFile(path, JSON.stringify(environment), 0o644);
}

function parseEnvironment(value: unknown): StoredEnvironment | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const {environmentId, environmentStartedAt, generation, invocation, sequence} = value as Record<string, unknown>;
  if (typeof environmentId !== 'string' || !uuid.test(environmentId)) return undefined;
  if (typeof environmentStartedAt !== 'string' || !time.test(environmentStartedAt)) return undefined;
  if (Number.isNaN(Date.parse(environmentStartedAt))) return undefined;
  if (!isCount(generation) || !isCount(invocation) || !isCount(sequence)) return undefined;
  return {environmentId, environmentStartedAt, generation, invocation, sequence};
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) < 1e12;
}
