import type {LogMessage} from '../../lifecycle/message.ts';
import {highlight} from '../ui/highlight.ts';
import type {Line, Tone} from '../ui/line.ts';
import {fitLine, lineWidth, span} from '../ui/line.ts';
import type {Filter} from '../ui/matches.ts';
import {slideLine, wrapLine} from '../ui/wrap.ts';
import {clockTime} from './clock.ts';
import {logText} from './log-text.ts';
import {shortId} from './short-id.ts';

/** A line that the user drew below what was there. `at`: epoch ms. */
export type Mark = {type: 'mark'; key: string; at: number};
export type LogItem = LogMessage | Mark;

export type LogLook = {
  /** Cells, without the border. */
  width: number;
  /** With milliseconds. */
  fine: boolean;
  /** Of the target: lines of any other function are the authorizer's. */
  functionName: string;
  search: Filter;
  /** Over how many lines one may go; 1 is cut at the edge. */
  most: number;
  /** Cells of its text that are out of sight on the left. */
  left: number;
};

/** One log line or mark, as one line or, wrapped, as several. The text is whatever the function wrote, made safe. */
export function logRow(log: LogItem, current: boolean, look: LogLook): Line[] {
  const marker = span(current ? '▸' : ' ', 'accent');
  if (log.type === 'mark') return [[marker, span(markText(log), 'accent')]];
  const {width, fine, functionName, search, most, left} = look;
  const own = log.function === functionName;
  const head: Line = [
    marker,
    span(clockTime(log.timestamp, fine ? 3 : 0), current ? 'strong' : 'muted'),
    span(` ${own ? shortId(log.environmentId) : 'auth  '} `, own ? 'accent' : 'init'),
  ];
  const body = highlight(logWords(log), search);
  if (most <= 1) return [[...head, ...slideLine(body, left)]];
  const indent = lineWidth(head);
  return wrapLine(body, Math.max(1, width - indent), most).map((line, index) =>
    index === 0 ? [...head, ...line] : [...fitLine([], indent), ...line],
  );
}

/** What a line says. */
export function logWords(log: LogMessage): Line {
  const text = logText(log);
  return [span(text, logTone(text))];
}

export const markText = ({at}: Mark): string => `──── mark ${clockTime(at)} ────`;

function logTone(text: string): Tone {
  if (/^(?:START|END|REPORT|INIT_START|EXTENSION|LOGS)\b/.test(text)) return 'muted';
  if (/SHUTDOWN/.test(text)) return 'gone';
  if (/\b(?:ERROR|Error|Task timed out|Dropped|failed)\b/.test(text)) return 'late';
  return 'plain';
}
