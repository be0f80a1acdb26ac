import type {Score, Scores, ShownWindow} from '../../lifecycle/score.ts';
import type {Line, Tone} from '../ui/line.ts';
import {span} from '../ui/line.ts';

/** Idle time as a score names it: `6:01`, `0:21`. */
export function minutesAndSeconds(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1_000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

export const windowWords = ({earlyMs, lateMs}: ShownWindow): string =>
  `${minutesAndSeconds(earlyMs)}–${minutesAndSeconds(lateMs)}`;

const marks = {hit: '✓', early: '✕', late: '✕', none: ''};
const tones: Record<Score['verdict'], Tone> = {hit: 'ok', early: 'late', late: 'late', none: 'muted'};

/** How a forecast did: `expected 5:52–6:37, came 6:01 ✓`; where it was out `early` or `late` stands for `came`. */
export function scoreWords(score: Score): Line {
  const came = minutesAndSeconds(score.cameMs);
  if (score.verdict === 'none') return [span(`idle ${came}, nothing forecast`, 'muted')];
  const word = score.verdict === 'hit' ? 'came' : score.verdict;
  return [
    span(`expected ${windowWords(score)}, ${word} ${came} `, 'plain'),
    span(marks[score.verdict], tones[score.verdict]),
  ];
}

/** `✓`, `✕ early`, `✕ late`; nothing where nothing was forecast. */
export function scoreMark({verdict}: Score): Line {
  if (verdict === 'none') return [];
  return [span(verdict === 'hit' ? marks.hit : `${marks[verdict]} ${verdict}`, tones[verdict])];
}

/** The same with the window that had been shown: `✕ early 5:52–6:37`. */
export const scoreInBrief = (score: Score): Line =>
  score.verdict === 'none' ? [] : [...scoreMark(score), span(` ${windowWords(score)}`, 'muted')];

/** `forecast 7 of 9`, where `roomy` with those of earlier runs `(12 of 14 in all)`; nothing before the first. */
export function tallyWords({session, all}: Scores, roomy: boolean): string {
  const inAll = `${all.hits} of ${all.of}`;
  if (session.of === 0) return all.of === 0 ? '' : `forecast ${inAll} in all`;
  return `forecast ${session.hits} of ${session.of}${roomy && all.of > session.of ? ` (${inAll} in all)` : ''}`;
}
