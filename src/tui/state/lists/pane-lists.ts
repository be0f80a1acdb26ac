import type {RequestRow} from '../../../operate/session/session-state.ts';
import type {EventItem} from '../../presentation/event-row.ts';
import {eventTexts, timeOf} from '../../presentation/event-row.ts';
import type {LogItem} from '../../presentation/log-row.ts';
import {logTexts} from '../../presentation/log-text.ts';
import {requestText} from '../../presentation/request-row.ts';
import type {List} from '../../ui/viewport.ts';
import type {DashboardState, PaneId} from '../app-state.ts';
import {environmentList} from './environment-list.ts';
import {createEventItems} from './event-items.ts';
import {filtered, reordered} from './filtered.ts';
import {createLogItems} from './log-items.ts';

const requestList = filtered<RequestRow>(row => [requestText(row), row.requestId ?? '', row.environmentId ?? '']);
const eventList = filtered(eventTexts);
const eventItems = createEventItems();
const logItems = createLogItems(logTexts);

const newestRequestFirst = reordered<RequestRow>(rows => [...rows].reverse());
const newestEventFirst = reordered<EventItem>(items => [...items].reverse());

/** The list of each pane as it is drawn: ordered, and filtered by what was typed. */
export const paneLists = {
  environments: environmentList,
  requests: ({data, views}: DashboardState): List<RequestRow> => ({
    items: newestRequestFirst(requestList(data.requests, views.requests.filter)),
    keyOf: ({key}) => String(key),
    orderOf: ({key}) => key,
    newest: () => data.requests.at(-1),
    newestAt: 'top',
  }),
  events: ({data, views}: DashboardState): List<EventItem> => ({
    items: newestEventFirst(eventList(eventItems(data), views.events.filter)),
    keyOf: item => `${item.type} ${item.type === 'gap' ? item.key : item.eventId}`,
    orderOf: timeOf,
    newest: () => eventItems(data).at(-1),
    newestAt: 'top',
  }),
  logs: ({data, views, marks, logSource: source, stack}: DashboardState): List<LogItem> => ({
    items: logItems(data.logs, {marks, source, target: stack.functionName}, views.logs.filter),
    keyOf: log => (log.type === 'mark' ? log.key : `${log.stream} ${log.eventId}`),
    orderOf: log => (log.type === 'mark' ? log.at : log.timestamp),
    newest: () => data.logs.at(-1),
    own: marks.map(({at}) => at),
    newestAt: 'bottom',
  }),
};

export const listOf = (dashboard: DashboardState, pane: PaneId): List<unknown> =>
  paneLists[pane](dashboard) as List<unknown>;

/** The rows of a pane that match what was searched for, among all that it has. Marks are no matches. */
export function foundRows(dashboard: DashboardState, pane: PaneId): List<unknown> {
  const {views} = dashboard;
  const searching = {...views, [pane]: {...views[pane], filter: views[pane].search}};
  return listOf({...dashboard, views: searching, marks: []}, pane);
}
