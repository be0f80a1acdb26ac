import {managedTag, stackTag, type Tags} from './tags.ts';

/** `owner` says in words whose it is; `unowned`: it carries no tag of ours at all. */
export type Ownership = {ours: true} | {ours: false; owner: string; unowned: boolean};

/** Whether a resource with these tags belongs to `stack`. Nothing without our tags is ever ours. */
export function ownership(tags: Tags | undefined, stack: string): Ownership {
  if (tags?.[managedTag] !== 'true') {
    return {ours: false, owner: 'not made by lifecycle-tui (it has no such tag)', unowned: true};
  }
  const owner = tags[stackTag];
  if (owner === stack) return {ours: true};
  return {ours: false, owner: owner === undefined ? 'an unnamed stack' : `stack ${owner}`, unowned: false};
}
