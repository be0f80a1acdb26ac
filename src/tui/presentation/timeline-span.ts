import {shortAge} from './clock.ts';

const minute = 60_000;

/** How far back a timeline can look, ms. */
const spans: readonly number[] = [minute / 2, minute, 2 * minute, 5 * minute, 10 * minute, 15 * minute, 30 * minute];

/** `30s`, `5m`: how the spans are typed. */
export const spanNames: readonly string[] = spans.map(shortAge);

/** Of a name; undefined for any other. */
export const spanNamed = (name: string): number | undefined => spans[spanNames.indexOf(name)];

/** Idle lifetimes on AWS end at about this, ms. */
const longestOnAws = 400_000;

/** What a timeline looks back on unless the user chooses: half as long again as an idle environment is expected to live. */
export function autoSpan(idleWindow: {maxMs: number} | undefined): number {
  const longest = idleWindow?.maxMs ?? longestOnAws;
  return spans.find(one => one >= Math.max(minute, longest * 1.5)) ?? spans.at(-1)!;
}

/** One step nearer (`-1`) or farther; undefined where that is what it looks back on by itself. */
export function zoomedSpan(chosen: number | undefined, auto: number, by: 1 | -1): number | undefined {
  const index = Math.min(Math.max(0, spans.indexOf(chosen ?? auto) + by), spans.length - 1);
  const next = spans[index]!;
  return next === auto ? undefined : next;
}

/**
 * What the timeline of a whole life looks back on, ms: in steps of a quarter to a half, so that a life that goes on is
 * not drawn to another scale every second. One of its `cells` is kept free for the present.
 */
export function lifeSpan(lifeMs: number, cells: number): number {
  const needed = Math.max(minute / 2, lifeMs / (1 - 1 / Math.max(2, cells)));
  const octave = (minute / 2) * 2 ** Math.floor(Math.log2(needed / (minute / 2)));
  return [1, 1.25, 1.5, 1.75, 2].map(times => times * octave).find(spanMs => spanMs >= needed) ?? needed;
}

/** `30 s`, `5 min`. */
export const spanWords = (ms: number): string => (ms < minute ? `${ms / 1_000} s` : `${ms / minute} min`);
