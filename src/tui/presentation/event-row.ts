import type {EventMessage} from '../../lifecycle/message.ts';
import type {Score} from '../../lifecycle/score.ts';
import type {Line} from '../ui/line.ts';
import {lineText, span} from '../ui/line.ts';
import {clockTime, took} from './clock.ts';
import {safeLine} from './safe-line.ts';
import {scoreWords} from './score-words.ts';
import {shortId} from './short-id.ts';

/** What others than the event itself tell of it: the init before the invocation, how the forecast of the SHUTDOWN did. */
export type EventFacts = {initMs?: number; score?: Score};

/** One table item: when, environment, type, and what it says. */
export function eventRow(event: EventMessage, current: boolean, facts: EventFacts = {}): Line {
  const time = span(clockTime(event.timestamp), current ? 'strong' : 'muted');
  return [time, span(`  ${shortId(event.environmentId)}  `), ...eventWords(event, facts)];
}

/** Its type, and what it says. */
export function eventWords(event: EventMessage, {initMs, score}: EventFacts): Line {
  const late: Line = event.late ? [span('  late', 'soon')] : [];
  if (event.eventType === 'SHUTDOWN') {
    const reason = safeLine(event.shutdownReason);
    const idle = event.parkedMs === undefined ? '' : `  idle ${took(event.parkedMs)}`;
    const words = score ? [span(`  ${reason}  `), ...scoreWords(score)] : [span(`  reason ${reason}${idle}`)];
    return [span('SHUTDOWN', 'gone'), ...words, ...late];
  }
  const init = initMs === undefined ? '' : `  init ${took(initMs)}`;
  const reset = event.generation > 1 ? `  generation ${event.generation}` : '';
  return [
    span('INVOKE  ', 'invoke'),
    span(`  #${String(event.invocation).padEnd(4)}`),
    span(event.cold ? 'cold' : 'warm', event.cold ? 'init' : 'plain'),
    span(init, 'init'),
    span(reset, 'muted'),
    ...late,
  ];
}

/** What the row says, for the filter and for copying. */
export const eventText = (event: EventMessage): string => lineText(eventRow(event, false));
