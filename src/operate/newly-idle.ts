import type {Environment} from '../lifecycle/environment.ts';

/** Says whether among these environments one has become idle, or idle again, since it was last asked. */
export function createNewlyIdle(): (environments: readonly Environment[]) => boolean {
  let known: ReadonlySet<string> = new Set();
  let last: readonly Environment[] = [];
  return environments => {
    // Most messages are log lines, which change no environment.
    if (environments === last) return false;
    last = environments;
    const before = known;
    known = new Set(environments.filter(one => one.state === 'idle').map(one => `${one.id} ${one.idleSince}`));
    return [...known].some(stretch => !before.has(stretch));
  };
}
