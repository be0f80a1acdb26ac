import type {PatchOperation} from '@aws-sdk/client-api-gateway';
import {badRequest} from '../errors.ts';

/** One change, `path` split at `/` and unescaped (`~1` is `/`). `value` is missing for `remove`. */
export type Change = {op: 'replace' | 'add' | 'remove'; path: string[]; value?: string};

/** What each path of a resource does; the first member of the path is the key. */
export type Changes = Record<string, (change: Change) => void>;

/**
 * Applies patch operations in order. BadRequestException for an unknown path and for operations other than replace, add
 * and remove, as API Gateway answers.
 */
export function applyPatch(operations: readonly PatchOperation[] | undefined, changes: Changes): void {
  for (const operation of operations ?? []) {
    const change = readChange(operation);
    const apply = Object.hasOwn(changes, change.path[0]!) ? changes[change.path[0]!] : undefined;
    if (!apply) throw invalidPath(operation.path);
    apply(change);
  }
}

/** The value of a change that must have one. */
export function textOf({value, path}: Change): string {
  if (value === undefined) throw badRequest(`Invalid patch value specified for the path /${path.join('/')}`);
  return value;
}

/** A value that must be `true` or `false`. */
export function booleanOf(change: Change): boolean {
  const value = textOf(change);
  if (value !== 'true' && value !== 'false')
    throw badRequest(`Invalid patch value specified: ${value}. Must be a boolean`);
  return value === 'true';
}

/** A value that must be a number between the limits. */
export function numberOf(change: Change, [least, most]: readonly [number, number]): number {
  const value = Number(textOf(change));
  if (Number.isFinite(value) && value >= least && value <= most) return value;
  throw badRequest(`Invalid patch value specified: ${change.value}. Must be between ${least} and ${most}`);
}

export function invalidPath(path: string | undefined) {
  return badRequest(`Invalid patch path '${path}' specified for op 'replace'`);
}

function readChange({op, path, value}: PatchOperation): Change {
  if (op !== 'replace' && op !== 'add' && op !== 'remove') throw badRequest(`Invalid patch operation specified: ${op}`);
  if (!path?.startsWith('/')) throw invalidPath(path);
  const members = path
    .slice(1)
    .split('/')
    .map(member => member.replaceAll('~1', '/').replaceAll('~0', '~'));
  return op === 'remove' || value === undefined ? {op, path: members} : {op, path: members, value};
}
