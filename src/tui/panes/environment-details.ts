import {environmentFacts} from '../presentation/environment-facts.ts';
import {
  environmentHistory,
  type HistoryItem,
  historyHead,
  historyRow,
  historyWords,
} from '../presentation/environment-history.ts';
import type {DashboardState, Overlay} from '../state/app-state.ts';
import type {Line} from '../ui/line.ts';
import {lineWidth, span} from '../ui/line.ts';
import {type List, viewport} from '../ui/viewport.ts';

export type EnvironmentView = Extract<Overlay, {kind: 'environment'}>;

/** `rows`: how many rows of the history fit; `hidden`: cells of the longest of them that are out of sight on the right. */
export type EnvironmentDetails = {lines: readonly Line[]; list: List<HistoryItem>; rows: number; hidden: number};

/** The history has the rest of the rows. */
const shareOfFacts = 0.6;

/** One environment in full, `width` x `height` cells: facts above, what happened in it below, scrolled to `view`. */
export function environmentDetails(
  dashboard: DashboardState,
  {id, view}: EnvironmentView,
  now: number,
  {width, height}: {width: number; height: number},
): EnvironmentDetails {
  const {data, idleWindow} = dashboard;
  const environment = data.environments.list.find(one => one.id === id);
  if (!environment) {
    const lines = fill([[], [span('   It has gone too long ago to be kept.', 'muted')]], height);
    return {lines, list: listOf([]), rows: 0, hidden: 0};
  }
  const local = idleWindow !== undefined;
  const context = {state: data, now: now + data.clockOffsetMs, width, local};
  const facts = environmentFacts(environment, context, Math.floor(height * shareOfFacts));
  const list = listOf(environmentHistory(data, environment));
  const rows = Math.max(1, height - facts.length - 2);
  const shown = viewport(list, view, rows);
  const fine = width >= 98;
  const look = {fine, left: view.left};
  const history = shown.items.map((item, index) => historyRow(item, data, index === shown.current, look));
  const heading = historyHeading(list.items.length, shown.above, shown.below, view.left);
  const longest = Math.max(0, ...shown.items.map(item => lineWidth(historyWords(item, data))));
  const hidden = longest - view.left - (width - historyHead(fine));
  return {lines: fill([...facts, [], heading, ...history], height), list, rows, hidden};
}

const listOf = (items: readonly HistoryItem[]): List<HistoryItem> => ({
  items,
  keyOf: ({key}) => key,
  orderOf: ({at}) => at,
  newestAt: 'bottom',
});

function historyHeading(all: number, above: number, below: number, left: number): Line {
  const out = [above > 0 ? `${above} ↑` : '', below > 0 ? `${below} ↓` : ''].filter(Boolean).join(' ');
  const words = all === 0 ? 'NOTHING OF IT HAS BEEN SEEN HERE' : 'EVENTS, REQUESTS AND LOG LINES';
  const cells: Line = left > 0 ? [span(`  ← ${left} cells`, 'soon')] : [];
  return [span(`   ${words}`, 'strong'), span(out === '' ? '' : `  ${out}`, 'muted'), ...cells];
}

const fill = (lines: readonly Line[], height: number): Line[] =>
  Array.from({length: height}, (_, row) => lines[row] ?? []);
