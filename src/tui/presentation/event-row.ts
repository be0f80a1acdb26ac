import type {EventMessage} from '../../lifecycle/message.ts';
import type {Line} from '../ui/line.ts';
import {lineText, span} from '../ui/line.ts';
import {clockTime, took} from './clock.ts';
import {safeLine} from './safe-line.ts';
import {shortId} from './short-id.ts';

/** One table item: when, environment, type, and what it says. */
export function eventRow(event: EventMessage, current: boolean): Line {
  const time = span(clockTime(event.timestamp), current ? 'strong' : 'muted');
  const id = span(`  ${shortId(event.environmentId)}  `);
  const late: Line = event.late ? [span('  late', 'soon')] : [];
  if (event.eventType === 'SHUTDOWN') {
    const idle = event.parkedMs === undefined ? '' : `  idle ${took(event.parkedMs)}`;
    return [time, id, span('SHUTDOWN', 'gone'), span(`  reason ${safeLine(event.shutdownReason)}${idle}`), ...late];
  }
  const reset = event.generation > 1 ? `  generation ${event.generation}` : '';
  return [
    time,
    id,
    span('INVOKE  ', 'invoke'),
    span(`  #${String(event.invocation).padEnd(4)}`),
    span(event.cold ? 'cold' : 'warm', event.cold ? 'init' : 'plain'),
    span(reset, 'muted'),
    ...late,
  ];
}

/** What the row says, for the filter and for copying. */
export const eventText = (event: EventMessage): string => lineText(eventRow(event, false));
