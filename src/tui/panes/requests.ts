import type {OfferedKey} from '../keys/offered-key.ts';
import {count} from '../presentation/clock.ts';
import {requestRow} from '../presentation/request-row.ts';
import {requestSummary} from '../presentation/request-summary.ts';
import {coldEvidence, whyCold} from '../presentation/why-cold.ts';
import type {DashboardState} from '../state/app-state.ts';
import type {PaneBox} from '../state/layout.ts';
import {paneLists} from '../state/lists/pane-lists.ts';
import {firingWords, skippedWords} from '../state/requests/firing.ts';
import {highlight} from '../ui/highlight.ts';
import type {Line} from '../ui/line.ts';
import {span} from '../ui/line.ts';
import {viewport} from '../ui/viewport.ts';
import type {PaneContent} from './pane-content.ts';
import {emptyWords, fitWords, followWords, highlighted, scrollLabel, toSend, typedLabel} from './pane-content.ts';

/** Cells of a row that has room for why it was cold, in a sentence. */
const leastForSentence = 78;

/** What was fired from here and what came back; figures above it where there is room. */
export function requestsPane(
  dashboard: DashboardState,
  box: PaneBox,
  focused: boolean,
  now: number,
  offered: OfferedKey,
): PaneContent {
  const {data, views, firing} = dashboard;
  const view = views.requests;
  const {sent, failed, underWay} = data.requestCounts;
  const list = paneLists.requests(dashboard);
  const shown = viewport(list, view, box.rows);
  const search = highlighted(view);
  const evidence = coldEvidence(data);
  const roomy = box.width >= leastForSentence;
  const rows = shown.items.map((row, index): Line => {
    const current = focused && index === shown.current;
    const words = requestRow(row, {current, roomy, why: whyCold(row, evidence)});
    return [span(current ? '▸' : ' ', 'accent'), ...highlight(words, search)];
  });
  const filtered = view.filter !== '';
  const empty = emptyWords(view, `nothing sent yet${toSend(offered, 'sends one')}`);
  const skipped = firing && skippedWords(firing);
  const sentWords = filtered ? `${count(list.items.length)} of ${count(sent)}` : `${count(sent)} sent`;
  return {
    title: 'Requests',
    right: fitWords(
      [
        {line: typedLabel(dashboard, 'requests', list), worth: 6},
        {line: [span(sentWords)], worth: 5},
        {line: underWay > 0 ? [span(`${count(underWay)} out`, 'init')] : [], worth: 2},
        {line: failed > 0 ? [span(`${count(failed)} err`, 'error')] : [], worth: 4},
        {line: scrollLabel(shown, view), worth: 0},
        ...(view.follow ? [] : followWords(list, view)),
      ],
      box,
    ),
    rows: [...summary(dashboard, box, now), ...(rows.length > 0 ? rows : [empty])],
    ...(skipped !== undefined && {hint: [span(skipped, 'soon')]}),
  };
}

/** As many rows of it as the layout has kept free above the list. */
function summary({data, firing}: DashboardState, {width, height, rows}: PaneBox, now: number): readonly Line[] {
  const free = height - 2 - rows;
  if (free <= 0) return [];
  const lines = requestSummary({
    data,
    sending: [span(firing ? firingWords(firing) : 'rate off', firing ? 'init' : 'muted')],
    now: now + data.clockOffsetMs,
    width: width - 2,
  });
  return Array.from({length: free}, (_, index) => (index < free - 1 ? (lines[index] ?? []) : []));
}
