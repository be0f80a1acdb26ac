import {type KeptEnd, newestEnds} from '../lifecycle/kept-end.ts';

/** Reads what is in a file of kept ends; entries that make no sense are left out. Undefined for any other text. */
export function parseEnds(text: string): readonly KeptEnd[] | undefined {
  try {
    const {ends} = JSON.parse(text) as {ends: unknown[]};
    return newestEnds(ends.filter(isKeptEnd));
  } catch {
    return undefined;
  }
}

export const endsText = (ends: readonly KeptEnd[]): string =>
  `${JSON.stringify({version: 1, ends: newestEnds(ends)})}\n`;

/** Whether it can be taken for one. */
export function isKeptEnd(value: unknown): value is KeptEnd {
  const {environmentId, generation, at, idleMs, ended, source, window} = (value ?? {}) as Record<string, unknown>;
  const duration = (ms: unknown) => typeof ms === 'number' && Number.isFinite(ms) && ms >= 0;
  const shown = window as Record<string, unknown> | undefined;
  return (
    typeof environmentId === 'string' &&
    typeof ended === 'boolean' &&
    typeof source === 'string' &&
    [generation, at, idleMs].every(duration) &&
    (shown === undefined || (duration(shown?.earlyMs) && duration(shown?.lateMs)))
  );
}
