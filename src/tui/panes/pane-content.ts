import type {OfferedKey} from '../keys/offered-key.ts';
import {count} from '../presentation/clock.ts';
import {safeLine} from '../presentation/safe-line.ts';
import type {DashboardState, PaneId} from '../state/app-state.ts';
import type {PaneBox} from '../state/layout.ts';
import {foundRows} from '../state/lists/pane-lists.ts';
import type {Line} from '../ui/line.ts';
import {lineWidth, span} from '../ui/line.ts';
import type {Filter} from '../ui/matches.ts';
import {readFilter} from '../ui/matches.ts';
import type {List, View, Viewport} from '../ui/viewport.ts';
import {currentIndex, markOf, newRows, placeOf} from '../ui/viewport.ts';

/** What a pane puts into its frame. */
export type PaneContent = {title: string; right: Line; rows: readonly Line[]; hint?: Line};

/** Something that a border says, and what it is worth where there is little room. */
type Words = {line: Line; worth: number};

/** How many rows are out of sight. */
export function scrollLabel({above, below}: Viewport<unknown>, view: View): Line {
  const parts = [
    above > 0 && !view.follow ? `${count(above)} ↑` : '',
    below > 0 ? `${count(below)} more ↓` : '',
  ].filter(Boolean);
  return parts.length === 0 ? [] : [span(parts.join(' '), 'muted')];
}

/** Whether new rows are followed, and how many came since they are not. */
export function followWords<Row>(list: List<Row>, view: View): Words[] {
  if (view.follow) return [{line: [span('▼ follow', 'muted')], worth: 7}];
  const fresh = newRows(list, view);
  if (fresh === 0) return [{line: [span('‖ f follows', 'soon')], worth: 7}];
  return [
    {line: [span(`‖ ${count(fresh)} new`, 'soon')], worth: 7},
    {line: [span('f follows', 'soon')], worth: 2},
  ];
}

function filterLabel({filter}: View): Line {
  return filter === '' ? [] : [span('/', 'key'), span(shortened(filter), 'accent')];
}

/** What was typed: the filter, or what was searched for and which of the matches is the current row. */
export function typedLabel<Row>(dashboard: DashboardState, pane: PaneId, list: List<Row>): Line {
  const view = dashboard.views[pane];
  if (view.filter !== '' || view.search === '') return filterLabel(view);
  const matches = foundRows(dashboard, pane);
  return [span('n ', 'key'), span(`${shortened(view.search)} ${placeAmong(matches, list, view)}`, 'accent')];
}

/** As the labels, for a border that is put together without `fitWords`. */
export const scrollWords = (shown: Viewport<unknown>, view: View): Line => {
  const label = scrollLabel(shown, view);
  return label.length === 0 ? [] : [span(' · ', 'muted'), ...label];
};
export const typedWords = <Row>(dashboard: DashboardState, pane: PaneId, list: List<Row>): Line => {
  const label = typedLabel(dashboard, pane, list);
  return label.length === 0 ? [] : [...label, span(' · ', 'accent')];
};

/** `3/17`: which of the matches the current row is; `–/17` where it is none. */
function placeAmong<Row>(matches: List<unknown>, list: List<Row>, view: View): string {
  const current = list.items.at(currentIndex(list, view));
  const all = count(matches.items.length);
  if (current === undefined) return `0/${all}`;
  const {index, found} = placeOf(matches, markOf(list, current));
  return `${found ? count(index + 1) : '–'}/${all}`;
}

const shortened = (typed: string) => {
  const text = safeLine(typed);
  return text.length > 24 ? `${text.slice(0, 23)}…` : text;
};

/** `12 of 2 314` while a filter hides some, else `2 314`. */
export const countWords = (view: View, shown: number, all: number): string =>
  view.filter === '' ? count(all) : `${count(shown)} of ${count(all)}`;

/** How to get some, where sending is not off: `: i sends one, b a burst`. */
export function toSend(offered: OfferedKey, fires: string): string {
  const [one, burst] = [offered('fire'), offered('burst')];
  return one === undefined || burst === undefined ? '' : `: ${one} ${fires}, ${burst} a burst`;
}

/** What a pane without rows says. */
export function emptyWords(view: View, nothingYet: string): Line {
  if (view.filter === '') return [span(` ${nothingYet}`, 'muted')];
  return [
    span(` nothing matches /${safeLine(view.filter)}`, 'muted'),
    span('  esc', 'key'),
    span(' clears it', 'muted'),
  ];
}

/** What stands out in the rows of a pane. */
export const highlighted = ({filter, search}: View): Filter => readFilter(filter === '' ? search : filter);

/** Those words, in their order, that fit beside the title; the ones of least worth are left out first. */
export function fitWords(words: readonly Words[], box: PaneBox): Line {
  const said = words.filter(({line}) => line.length > 0);
  // A title with the tabs of three panes is longer than one of its own.
  let room = box.width - (box.width >= 80 && box.width < 100 ? 35 : 19);
  const kept = new Set<Words>();
  for (const one of [...said].sort((a, b) => b.worth - a.worth)) {
    const cells = lineWidth(one.line) + (kept.size > 0 ? 3 : 0);
    if (cells > room) continue;
    room -= cells;
    kept.add(one);
  }
  const shown = said.filter(one => kept.has(one));
  return shown.flatMap(({line}, index) => (index === 0 ? [...line] : [span(' · ', 'muted'), ...line]));
}
