import type {RequestRow} from '../../operate/session-state.ts';
import type {Line, Tone} from '../ui/line.ts';
import {span} from '../ui/line.ts';
import {clockTime, took} from './clock.ts';
import {safeLine} from './safe-line.ts';
import {shortId} from './short-id.ts';

/** One fired request: when, status, latency, cold or warm, environment; `…` while it is under way. */
export function requestRow(row: RequestRow, current: boolean): Line {
  const time = span(clockTime(row.sentAt), current ? 'strong' : 'muted');
  if (row.status === undefined) return [time, span('  …', 'init'), span('           under way', 'muted')];
  const failed = row.status === 0 || row.status >= 400;
  const status = span(`  ${row.status === 0 ? 'ERR' : row.status}`, failed ? 'error' : 'ok');
  const latency = span(`  ${took(row.latencyMs ?? 0).padStart(7)}`, 'plain');
  if (row.error !== undefined) return [time, status, latency, span(`  ${safeLine(row.error)}`, 'late')];
  return [time, status, latency, span(`  ${temperature(row)}`, tone(row)), span(`  ${shortId(row.environmentId)}`)];
}

const temperature = ({cold}: RequestRow) => (cold === undefined ? '–   ' : cold ? 'cold' : 'warm');
const tone = ({cold}: RequestRow): Tone => (cold ? 'init' : 'plain');

/** The 95th percentile of the answered requests' latency in ms; undefined without any. */
export function p95(rows: readonly RequestRow[]): number | undefined {
  const sorted = rows
    .filter(row => row.status !== undefined && row.status > 0)
    .map(row => row.latencyMs ?? 0)
    .sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * 0.95) - 1)];
}

/** What the row says, for the filter and for copying. */
export const requestText = (row: RequestRow): string =>
  requestRow(row, false)
    .map(({text}) => text)
    .join('');
