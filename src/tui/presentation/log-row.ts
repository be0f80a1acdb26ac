import type {LogMessage} from '../../lifecycle/message.ts';
import type {Line, Tone} from '../ui/line.ts';
import {span} from '../ui/line.ts';
import {clockTime} from './clock.ts';
import {safeLine} from './safe-line.ts';
import {shortId} from './short-id.ts';

/** One log line. `fine` adds milliseconds. The text is whatever the function wrote, made safe. */
export function logRow(log: LogMessage, current: boolean, fine: boolean): Line {
  return [
    span(clockTime(log.timestamp, fine ? 3 : 0), current ? 'strong' : 'muted'),
    span(` ${shortId(log.environmentId)} `, 'accent'),
    ...logWords(log),
  ];
}

/** What it says. */
export function logWords(log: LogMessage): Line {
  const text = tidy(safeLine(log.message));
  return [span(text, logTone(text))];
}

const uuid = '([0-9a-f]{8})-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const nodeLine = new RegExp(`^\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z\\s+(?:${uuid}|-|undefined)\\s+`);
const requestId = new RegExp(`RequestId: ${uuid}`);

/**
 * What the row says already is left out, so that the rest is seen where it is narrow: the runtime's own time and request
 * id, most of the platform's request ids, and the tabs between a REPORT's figures. The details show the whole line.
 */
function tidy(text: string): string {
  return text
    .replace(nodeLine, '')
    .replace(/^REPORT RequestId: \S+\s+/, 'REPORT ')
    .replace(requestId, 'RequestId: $1')
    .replace(/ {3,}/g, '  ');
}

function logTone(text: string): Tone {
  if (/^(?:START|END|REPORT|INIT_START|EXTENSION|LOGS)\b/.test(text)) return 'muted';
  if (/SHUTDOWN/.test(text)) return 'gone';
  if (/\b(?:ERROR|Error|Task timed out|Dropped|failed)\b/.test(text)) return 'late';
  return 'plain';
}
