import type {ApiMessage} from '../../lifecycle/message.ts';
import {padCells} from '../../text/cells.ts';
import {safeJson} from '../../text/safe-json.ts';
import type {Line} from '../ui/line.ts';
import {span} from '../ui/line.ts';
import {clockTime, took} from './clock.ts';
import {safeLine} from './safe-line.ts';

const answered = ({status}: ApiMessage) => status > 0 && status < 400;

/** Whether it went wrong: that something does not exist is an answer like any other. */
export const callFailed = (call: ApiMessage): boolean =>
  !answered(call) && !/NotFound|NoSuchEntity/.test(call.error ?? '');

/** One attempt of one SDK call. */
export function apiRow(call: ApiMessage, {compact, current}: {compact: boolean; current: boolean}): Line {
  const name = safeLine(`${call.service}:${call.operation}`);
  const error = call.error === undefined ? '' : safeLine(call.error);
  const again = call.retryInMs === undefined ? '' : `retry ${call.attempt} in ${took(call.retryInMs)}`;
  const attempt = again === '' && call.attempt > 1 ? `attempt ${call.attempt}` : '';
  const words = [error, again, attempt].filter(part => part !== '').join(', ');
  const tone = callFailed(call) ? 'soon' : 'muted';
  return [
    span(current ? '▸' : ' ', 'accent'),
    span(`${clockTime(call.at, compact ? 0 : 1)} `, 'muted'),
    ...(compact ? [] : [span(padCells(` ${call.step ?? ''}`, 18), 'muted')]),
    span(padCells(name, compact ? 34 : 44)),
    span(padCells(call.status === 0 ? 'ERR' : String(call.status), 4), answered(call) ? 'ok' : tone),
    span(padCells(took(call.ms), 8, 'right')),
    span(`   ${words}`, tone),
  ];
}

/** A call in full, as JSON by lines. */
export const callJson = (call: ApiMessage): string[] => safeJson(call, 2).split('\n').map(safeLine);
