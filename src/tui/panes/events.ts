import {count} from '../presentation/clock.ts';
import {eventFacts} from '../presentation/event-facts.ts';
import {eventRow} from '../presentation/event-row.ts';
import type {DashboardState} from '../state/app-state.ts';
import type {PaneBox} from '../state/layout.ts';
import {paneLists} from '../state/pane-lists.ts';
import type {Line} from '../ui/line.ts';
import {span} from '../ui/line.ts';
import {viewport} from '../ui/viewport.ts';
import type {PaneContent} from './pane-content.ts';
import {filterWords, followWords, scrollWords} from './pane-content.ts';

/** The rows of the table, newest first. */
export function eventsPane(dashboard: DashboardState, box: PaneBox, focused: boolean): PaneContent {
  const {data, views} = dashboard;
  const shown = viewport(paneLists.events(dashboard), views.events, box.rows);
  const rows = shown.items.map((event, index): Line => {
    const current = focused && index === shown.current;
    return [span(current ? '▸' : ' ', 'accent'), ...eventRow(event, current, eventFacts(data, event))];
  });
  return {
    title: 'Events',
    right: [
      ...filterWords(views.events),
      span(box.width > 60 ? `DynamoDB · ${count(data.events.length)}` : count(data.events.length)),
      ...scrollWords(shown, views.events),
      ...followWords(views.events),
    ],
    rows: rows.length > 0 ? rows : [[span(' no event in the table yet', 'muted')]],
  };
}
