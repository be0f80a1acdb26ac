import type {Environment} from '../../lifecycle/environment.ts';

/** Says which of these environments have become idle, or idle again, since it was last asked. */
export function createNewlyIdle(): (environments: readonly Environment[]) => readonly Environment[] {
  let known = new Map<string, number | undefined>();
  let last: readonly Environment[] = [];
  return environments => {
    // Most messages are log lines, which change no environment.
    if (environments === last) return [];
    last = environments;
    const idle = environments.filter(one => one.state === 'idle');
    const newly = idle.filter(one => !known.has(one.id) || known.get(one.id) !== one.idleSince);
    known = new Map(idle.map(one => [one.id, one.idleSince]));
    return newly;
  };
}
