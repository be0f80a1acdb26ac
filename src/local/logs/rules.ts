import {constraint, invalidParameter} from './errors.ts';

const retentions = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];
const groupSet = /^[.\-_/#A-Za-z0-9]+$/;
const tagSet = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

export function checkGroupName(name: string): void {
  checkLength(name, 'logGroupName');
  if (!groupSet.test(name)) {
    throw constraint(name, 'logGroupName', 'Member must satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+');
  }
  if (name.startsWith('aws/')) throw invalidParameter('Log groups starting with AWS/ are reserved for AWS.');
}

export function checkStreamName(name: string): void {
  checkLength(name, 'logStreamName');
  if (/[:*]/.test(name)) {
    throw constraint(name, 'logStreamName', 'Member must satisfy regular expression pattern: [^:*]*');
  }
}

function checkLength(name: string, member: string): void {
  if (name.length === 0) throw constraint(name, member, 'Member must have length greater than or equal to 1');
  if (name.length > 512) throw constraint(name, member, 'Member must have length less than or equal to 512');
}

export function checkRetention(days: number): void {
  if (!retentions.includes(days)) {
    throw constraint(String(days), 'retentionInDays', `Member must satisfy enum value set: [${retentions.join(', ')}]`);
  }
}

/** At most 100 names, and none that no stream can have. */
export function checkStreamNames(names: readonly string[]): void {
  if (names.length === 0 || names.length > 100) {
    const rule = names.length === 0 ? 'greater than or equal to 1' : 'less than or equal to 100';
    throw constraint(`[${names.join(', ')}]`, 'logStreamNames', `Member must have length ${rule}`);
  }
  for (const name of names) checkStreamName(name);
}

/** The bounds of a search, epoch ms. */
export function checkTimes(times: {startTime?: number | undefined; endTime?: number | undefined}): void {
  for (const member of ['startTime', 'endTime'] as const) {
    const time = times[member];
    if (time !== undefined && time < 0) {
      throw constraint(String(time), member, 'Member must have value greater than or equal to 0');
    }
  }
}

/** The tags as they are after `added` are set. */
export function withTags(current: ReadonlyMap<string, string>, added: Record<string, string>): Map<string, string> {
  const result = new Map([...current, ...Object.entries(added)]);
  for (const [key, value] of Object.entries(added)) {
    const keyFits = key.length >= 1 && key.length <= 128 && tagSet.test(key) && !/^aws:/i.test(key);
    if (!keyFits || value.length > 256 || !tagSet.test(value)) {
      throw invalidParameter(`The tag '${key}' is not valid: keys have 1 to 128, values up to 256 characters.`);
    }
  }
  if (result.size > 50) throw invalidParameter('A log group can have at most 50 tags.');
  return result;
}

/** `given` when it is an integer from 1 to `max`, `max` when it is absent. */
export function limitOf(given: number | undefined, max: number): number {
  if (given === undefined) return max;
  if (!Number.isInteger(given) || given < 1 || given > max) {
    const rule = given < 1 ? 'greater than or equal to 1' : `less than or equal to ${max}`;
    throw constraint(String(given), 'limit', `Member must have value ${rule}`);
  }
  return given;
}
