import type {RequestRow} from '../../operate/session/session-state.ts';
import type {Line, Tone} from '../ui/line.ts';
import {span} from '../ui/line.ts';
import {clockTime, took} from './clock.ts';
import {requestError} from './request-error.ts';
import {shortId} from './short-id.ts';
import type {WhyCold} from './why-cold.ts';

export type RequestRowOptions = {
  current: boolean;
  why?: WhyCold | undefined;
  /** Room for whole sentences. */
  roomy: boolean;
};

/** One fired request: when, status, latency, cold or warm, environment, why cold; `…` while it is under way. */
export function requestRow(row: RequestRow, {current, why, roomy}: RequestRowOptions): Line {
  const time = span(clockTime(row.sentAt), current ? 'strong' : 'muted');
  if (row.status === undefined) return [time, span('  …', 'init'), span('          under way', 'muted')];
  const error = requestError(row);
  const status = span(`  ${row.status === 0 ? 'ERR' : row.status}`, error === undefined ? 'ok' : 'error');
  const latency = span(`  ${took(row.latencyMs ?? 0).padStart(6)}`, 'plain');
  if (error !== undefined) return [time, status, latency, span(`  ${error}`, 'late')];
  return [
    time,
    status,
    latency,
    span(`  ${temperature(row)}`, tone(row)),
    span(`  ${shortId(row.environmentId)}`),
    ...(why ? [span(roomy ? `  ${why.words}` : ` ${why.brief}`, 'muted')] : []),
  ];
}

const temperature = ({cold}: RequestRow) => (cold === undefined ? '–   ' : cold ? 'cold' : 'warm');
const tone = ({cold}: RequestRow): Tone => (cold ? 'init' : 'plain');

/** What the row says, for the filter and, with `why`, for copying. */
export const requestText = (row: RequestRow, why?: WhyCold): string =>
  requestRow(row, {current: false, roomy: true, why})
    .map(({text}) => text)
    .join('');
