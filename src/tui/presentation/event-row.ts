import type {DeliveryMessage, EventMessage} from '../../lifecycle/message.ts';
import {isResetReason} from '../../lifecycle/reset.ts';
import type {Score} from '../../lifecycle/score.ts';
import {highlight} from '../ui/highlight.ts';
import type {Line} from '../ui/line.ts';
import {lineText, span} from '../ui/line.ts';
import type {Filter} from '../ui/matches.ts';
import {slideLine} from '../ui/wrap.ts';
import type {AskedEnd} from './asked-end.ts';
import {clockTime, took} from './clock.ts';
import {safeLine} from './safe-line.ts';
import {scoreWords} from './score-words.ts';
import {shortId} from './short-id.ts';

/** Events of an environment that its numbers say exist and that have not been seen; `at` is the next one's timestamp. */
export type Gap = {type: 'gap'; key: string; at: string; environmentId: string; missing: number};
export type EventItem = EventMessage | DeliveryMessage | Gap;

/** What others than the event tell of it: the init before an invocation; of a SHUTDOWN how its forecast did, or what asked for it. */
export type EventFacts = {initMs?: number; score?: Score; asked?: AskedEnd};

/** `left`: cells of its words that are out of sight on the left. */
export type EventLook = {search: Filter; left: number};

/** One table item, webhook delivery or gap: when, environment, and what it says. */
export function eventRow(item: EventItem, current: boolean, facts: EventFacts, {search, left}: EventLook): Line {
  const head: Line = [
    span(current ? '▸' : ' ', 'accent'),
    span(item.type === 'gap' ? '        ' : clockTime(timeOf(item)), current ? 'strong' : 'muted'),
    span(`  ${shortId(item.environmentId)}  `),
  ];
  return [...head, ...slideLine(highlight(itemWords(item, facts), search), left)];
}

/** What a row says behind time and environment. */
export function itemWords(item: EventItem, facts: EventFacts = {}): Line {
  if (item.type === 'event') return eventWords(item, facts);
  if (item.type === 'delivery') return deliveryWords(item);
  return [span(`┅ ${item.missing} ${item.missing === 1 ? 'event' : 'events'} missing`, 'late')];
}

/** Its type, and what it says. */
export function eventWords(event: EventMessage, {initMs, score, asked}: EventFacts): Line {
  const late: Line = event.late ? [span('  late', 'soon')] : [];
  if (event.eventType === 'SHUTDOWN') {
    const reason = safeLine(event.shutdownReason);
    const parkedMs = isResetReason(event.shutdownReason) ? undefined : event.parkedMs;
    const idle = parkedMs === undefined ? '' : `  idle ${took(parkedMs)}`;
    const words = score ? [span(`  ${reason}  `), ...scoreWords(score)] : [span(`  reason ${reason}${idle}`)];
    return [span('SHUTDOWN', 'gone'), ...words, span(asked ? `  ${asked}` : '', 'soon'), ...late];
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

function deliveryWords({eventType, status}: DeliveryMessage): Line {
  const taken = status >= 200 && status < 300;
  return [
    span('WEBHOOK ', 'accent'),
    span(`  ⇧ ${safeLine(eventType)}  `),
    span(taken ? 'delivered' : `refused ${status}`, taken ? 'ok' : 'error'),
  ];
}

/** When it happened, ISO 8601. */
export const timeOf = (item: EventItem): string => (item.type === 'event' ? item.timestamp : item.at);

const known = new WeakMap<EventItem, string[]>();

/** The texts in which it is looked for: what the row says, and ids in full. */
export function eventTexts(item: EventItem): string[] {
  let texts = known.get(item);
  if (!texts) {
    const ids = item.type === 'gap' ? [] : [item.eventId, item.requestId];
    texts = [lineText(itemWords(item)), item.environmentId, ...ids, clockTime(timeOf(item))];
    known.set(item, texts);
  }
  return texts;
}

/** The row as plain text: what is copied. */
export const eventLine = (item: EventItem): string =>
  `${timeOf(item)} ${safeLine(item.environmentId)} ${lineText(itemWords(item))}`.trimEnd();
