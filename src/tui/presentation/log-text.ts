import type {LogMessage} from '../../lifecycle/message.ts';
import {longestLooked} from '../ui/matches.ts';
import {fullTime} from './clock.ts';
import {safeLine} from './safe-line.ts';

/** Texts of the messages looked at lately, in two generations: a line lives for long and is mostly looked at once. */
const mostKnown = 500;
let known = new Map<string, string>();
let older = new Map<string, string>();

/** What a row shows of a line: safe, without what the row says already, and no more than its first 4,000 characters. */
export function logText({message}: LogMessage): string {
  const long = message.length > longestLooked;
  const looked = long ? message.slice(0, longestLooked) : message;
  return tidied(looked) + (long ? ' …' : '');
}

function tidied(message: string): string {
  let text = known.get(message);
  if (text !== undefined) return text;
  text = older.get(message) ?? tidy(safeLine(message));
  if (known.size >= mostKnown) [older, known] = [known, new Map()];
  known.set(message, text);
  return text;
}

/** The texts in which a line is looked for: as it is shown, as it was written, and its environment. */
export function logTexts(log: LogMessage): string[] {
  const shown = logText(log);
  const raw = log.message.slice(0, longestLooked);
  return [shown, ...(raw === shown ? [] : [raw]), ...(log.environmentId === undefined ? [] : [log.environmentId])];
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

/** A line as plain text, whole: what is copied and saved. */
export function logLine(log: LogMessage): string {
  return `${fullTime(log.timestamp)} ${safeLine(log.environmentId ?? log.function)} ${safeLine(log.message)}`;
}
