import type {LogMessage} from '../../lifecycle/message.ts';
import type {Line, Tone} from '../ui/line.ts';
import {span} from '../ui/line.ts';
import {clockTime} from './clock.ts';
import {safeLine} from './safe-line.ts';
import {shortId} from './short-id.ts';

/** One log line. `fine` adds milliseconds. The text is whatever the function wrote, made safe. */
export function logRow(log: LogMessage, current: boolean, fine: boolean): Line {
  const text = tidy(safeLine(log.message));
  return [
    span(clockTime(log.timestamp, fine ? 3 : 0), current ? 'strong' : 'muted'),
    span(` ${shortId(log.environmentId)} `, 'accent'),
    span(text, logTone(text)),
  ];
}

/** REPORT lines separate their figures with tabs; one double space each is enough. */
const tidy = (text: string) => text.replace(/ {3,}/g, '  ');

function logTone(text: string): Tone {
  if (/^(?:START|END|REPORT|INIT_START|EXTENSION|LOGS)\b/.test(text)) return 'muted';
  if (/SHUTDOWN/.test(text)) return 'gone';
  if (/\b(?:ERROR|Error|Task timed out|Dropped|failed)\b/.test(text)) return 'late';
  return 'plain';
}
