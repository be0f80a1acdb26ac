import type {ExpectedEnd} from './expected-end.ts';

type Life = {ageMs: number; initMs: number; cold: boolean; end: ExpectedEnd};

/** The share of the bar that lies behind: in true proportion to what is ahead while both can be seen. */
const leastShare = 0.08;
const mostShare = 0.7;

/** One life as a bar, drawn by attributes alone: the page's policy has no inline styles. */
export function lifeBar({ageMs, initMs, cold, end}: Life): string {
  const aheadMs = end.kind === 'window' ? end.lateMs : 0;
  const share = aheadMs === 0 ? mostShare : Math.min(mostShare, Math.max(leastShare, ageMs / (ageMs + aheadMs)));
  const now = 1_000 * share;
  const segments = [rectangle('ahead', 0, 1_000), rectangle('alive', 0, now)];
  if (cold) segments.push(rectangle('init', 0, now * Math.min(1, initMs / Math.max(1, ageMs))));
  if (end.kind === 'window') {
    const early = now + (1_000 - now) * (end.earlyMs / end.lateMs);
    segments.push(rectangle('window', early, 1_000));
  }
  segments.push(rectangle('now', now - 2, now + 2));
  return `<svg viewBox="0 0 1000 14" preserveAspectRatio="none" aria-hidden="true">${segments.join('')}</svg>`;
}

function rectangle(className: string, from: number, to: number): string {
  const [x, width] = [from, to - from].map(each => Math.round(each * 10) / 10);
  return `<rect class="${className}" x="${x}" y="0" width="${width}" height="14"/>`;
}
