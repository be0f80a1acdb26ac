import {count} from '../presentation/clock.ts';
import {eventFacts} from '../presentation/event-facts.ts';
import {eventRow} from '../presentation/event-row.ts';
import type {DashboardState} from '../state/app-state.ts';
import type {PaneBox} from '../state/layout.ts';
import {paneLists} from '../state/lists/pane-lists.ts';
import type {Line} from '../ui/line.ts';
import {span} from '../ui/line.ts';
import {viewport} from '../ui/viewport.ts';
import type {PaneContent} from './pane-content.ts';
import {countWords, emptyWords, fitWords, followWords, highlighted, scrollLabel, typedLabel} from './pane-content.ts';

/** The rows of the table and, on Local, what the webhook got; newest first. */
export function eventsPane(dashboard: DashboardState, box: PaneBox, focused: boolean): PaneContent {
  const {data, views} = dashboard;
  const view = views.events;
  const list = paneLists.events(dashboard);
  const shown = viewport(list, view, box.rows);
  const look = {search: highlighted(view), left: view.left};
  const rows = shown.items.map((item, index) => {
    const facts = item.type === 'event' ? eventFacts(data, item) : {};
    return eventRow(item, focused && index === shown.current, facts, look);
  });
  const deliveries = data.deliveries.length;
  const all = data.events.length + deliveries;
  const total = view.filter === '' ? count(data.events.length) : countWords(view, list.items.length, all);
  const webhook: Line = deliveries === 0 || view.filter !== '' ? [] : [span(`webhook ${count(deliveries)}`)];
  return {
    title: 'Events',
    right: fitWords(
      [
        {line: typedLabel(dashboard, 'events', list), worth: 6},
        {line: [span('DynamoDB')], worth: box.width > 60 ? 2 : 0},
        {line: [span(total)], worth: 4},
        {line: webhook, worth: 1},
        {line: scrollLabel(shown, view), worth: 1},
        {line: view.left > 0 ? [span(`← ${view.left} cells`, 'soon')] : [], worth: 3},
        ...followWords(list, view),
      ],
      box,
    ),
    rows:
      rows.length > 0
        ? rows
        : [emptyWords(view, data.live ? 'no event in the table yet' : 'no event: reading fails, and is tried again')],
  };
}
