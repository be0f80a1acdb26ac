import type {EventMessage, LogMessage} from '../../lifecycle/message.ts';
import type {RequestRow} from '../../operate/session-state.ts';
import {eventText} from '../presentation/event-row.ts';
import {requestText} from '../presentation/request-row.ts';
import {matcher} from '../ui/matches.ts';
import type {List} from '../ui/viewport.ts';
import type {DashboardState} from './app-state.ts';
import {environmentList} from './environment-list.ts';

const requestList = filtered<RequestRow>(requestText, rows => [...rows].reverse());
const eventList = filtered<EventMessage>(eventText, events => [...events].reverse());
const logList = filtered<LogMessage>(
  log => `${log.environmentId ?? ''} ${log.message}`,
  logs => logs,
);

/** The list of each pane as it is drawn: ordered, and filtered by what was typed. */
export const paneLists = {
  environments: environmentList,
  requests: ({data, views}: DashboardState): List<RequestRow> => ({
    items: requestList(data.requests, views.requests.filter),
    keyOf: ({key}) => String(key),
    newestAt: 'top',
  }),
  events: ({data, views}: DashboardState): List<EventMessage> => ({
    items: eventList(data.events, views.events.filter),
    keyOf: ({eventId}) => eventId,
    newestAt: 'top',
  }),
  logs: ({data, views}: DashboardState): List<LogMessage> => ({
    items: logList(data.logs, views.logs.filter),
    keyOf: ({stream, eventId}) => `${stream} ${eventId}`,
    newestAt: 'bottom',
  }),
};

/** Arrays are never mutated, so the answer for the same array and filter is kept until either changes. */
function filtered<Item>(textOf: (item: Item) => string, order: (items: readonly Item[]) => readonly Item[]) {
  let last: {source: readonly Item[]; filter: string; items: readonly Item[]} | undefined;
  return (source: readonly Item[], filter: string): readonly Item[] => {
    if (last?.source === source && last.filter === filter) return last.items;
    const matches = matcher(filter);
    const kept = filter === '' ? source : source.filter(item => matches(textOf(item)));
    const items = order(kept);
    last = {source, filter, items};
    return items;
  };
}
