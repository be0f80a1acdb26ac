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
  const tone = callFailed(call) ? 'soon' : 'muted';
  return [
    span(current ? '▸' : ' ', 'accent'),
    span(`${clockTime(answeredAt(call), compact ? 0 : 1)} `, 'muted'),
    ...(compact ? [] : [span(padCells(call.step ?? '', 16), 'muted')]),
    span(padCells(name, nameWidth(compact))),
    span(padCells(call.status === 0 ? 'ERR' : String(call.status), 4), answered(call) ? 'ok' : tone),
    span(padCells(took(call.ms), 8, 'right')),
    span(`${compact ? ' ' : '  '}${outcome(call)}`, tone),
  ];
}

const nameWidth = (compact: boolean) => (compact ? 32 : 35);

/** Rows are in the order of the answers, so that is the time they show. */
const answeredAt = ({at, ms}: ApiMessage): number => Date.parse(at) + ms;

/** Why it failed and whether it is tried again, else what it was about: many calls differ in nothing but that. */
function outcome({error, retryInMs, attempt, input = {}}: ApiMessage): string {
  if (retryInMs !== undefined) {
    const reason = error === undefined ? '' : `: ${safeLine(error).replace(/Exception$/, '')}`;
    return `retry ${attempt} in ${took(retryInMs)}${reason}`;
  }
  const subject = subjects.map(name => input[name]).find(value => typeof value === 'string');
  const words = [error ?? subject, attempt > 1 ? `attempt ${attempt}` : ''];
  return words
    .filter(Boolean)
    .map(word => safeLine(String(word)))
    .join(', ');
}

/** Members of inputs that name what a call is about, the most telling first. */
const subjects = [
  'FunctionName',
  'TableName',
  'RoleName',
  'LayerName',
  'logGroupName',
  'pathPart',
  'httpMethod',
  'name',
];

/** What stands above these rows. */
export const apiHeading = (compact: boolean): string =>
  [
    ` ${'ANSWERED'.padEnd(compact ? 9 : 11)}`,
    ...(compact ? [] : ['STEP'.padEnd(16)]),
    `${'CALL'.padEnd(nameWidth(compact))}${'ST'.padEnd(4)}${'TOOK'.padStart(8)}`,
  ].join('');

/** A call in full, as JSON by lines. */
export const callJson = (call: ApiMessage): string[] => safeJson(call, 2).split('\n').map(safeLine);
