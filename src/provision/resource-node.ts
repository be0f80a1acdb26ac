import type {StackNames} from '../aws/names.ts';
import {ownership} from '../aws/ownership.ts';
import {stackTags, type Tags} from '../aws/tags.ts';
import type {StepAction, StepId} from '../lifecycle/message.ts';
import type {Context, Run} from './context.ts';
import {firstDifference} from './first-difference.ts';

export type Inspection =
  | {state: 'absent'}
  /** `untagged`: ours, and not all of its tags are what we give. */
  | {state: 'present'; drift?: string; untagged?: true}
  /** `owner` in words; `unowned`: it belongs to no stack at all. */
  | {state: 'foreign'; owner: string; unowned: boolean};

/** Says what is going on in a running step. */
export type Tell = (detail: string) => void;

/** One resource of the stack. Nothing is remembered between runs: AWS itself is the state. */
export type ResourceNode = {
  id: StepId;
  title: string;
  name(names: StackNames): string;
  /** What must be there before `ensure`. */
  needs: readonly StepId[];
  /** What must be gone before `remove`. */
  removeAfter: readonly StepId[];
  /** `remove` finds it by its tags alone, and so never meets somebody else's. */
  foundByTags?: true;
  /** Asks for all that `inspect` looks at; while it is asked who calls. */
  read(run: Run): Promise<unknown>;
  /** Reads only. */
  inspect(context: Context): Promise<Inspection>;
  /**
   * Marks as ours: what belongs to nobody only when the user has asked for it, what is ours when it has lost a tag. Missing
   * where there is no need.
   */
  adopt?(context: Context): Promise<unknown>;
  /** Marks as ours what another resource of ours shows to be; before that one is removed. */
  claim?(context: Context): Promise<unknown>;
  /** Makes it, or repairs what has drifted; does nothing when all is as wanted. */
  ensure(context: Context, tell: Tell): Promise<StepAction | 'skipped'>;
  /** Removes it when it is ours; not found counts as done. */
  remove(context: Context, tell: Tell): Promise<StepAction>;
};

/** The inspection of something that carries tags; `drift` lists differences and is asked only of what is ours. */
export async function inspectTagged(
  context: Context,
  component: StepId,
  tags: Tags | undefined,
  drift: () => string[] | Promise<string[]>,
): Promise<Inspection> {
  const owned = ownership(tags, context.names.stack);
  if (owned.ours) return present(await drift(), tagDifference(context, component, tags));
  return {state: 'foreign', owner: owned.owner, unowned: owned.unowned};
}

/** `tags`: how they differ from those we give. */
export function present(drift: readonly string[], tags?: string): Inspection {
  const all = [...(tags === undefined ? [] : [`tags ${tags}`]), ...drift];
  if (all.length === 0) return {state: 'present'};
  return {state: 'present', drift: all.join(', '), ...(tags !== undefined && {untagged: true})};
}

/** Tags that we do not give are somebody's own and mean nothing. */
export function tagDifference({names}: Context, component: StepId, tags: Tags = {}): string | undefined {
  const wanted = stackTags(names.stack, component);
  const found = Object.keys(wanted).flatMap(key => (tags[key] === undefined ? [] : [[key, tags[key]] as const]));
  return firstDifference(wanted, Object.fromEntries(found));
}
