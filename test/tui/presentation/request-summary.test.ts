import {expect, test} from 'vitest';
import {createTrafficCounter} from '../../../src/operate/requests/traffic.ts';
import {requestRow} from '../../../src/tui/presentation/request-row.ts';
import {requestSummary} from '../../../src/tui/presentation/request-summary.ts';
import {dashboardLayout} from '../../../src/tui/state/layout.ts';
import {lineText, lineWidth, span} from '../../../src/tui/ui/line.ts';
import {fakeEnvironment, noEnvironments} from '../../support/fake-environments.ts';
import {frameTime, ids, someState} from '../../support/fake-session.ts';

/** So many requests in the last 10 s, each of which took so long; and as many environments. */
function busy(count: number, tookMs: number) {
  const counter = createTrafficCounter();
  const begin = frameTime - 9_500;
  const times = Array.from({length: count}, (_, index) => begin + (index * 9_000) / count);
  const steps = times.flatMap(at => [
    {at, step: () => counter.sent(at)},
    {at: at + tookMs, step: () => counter.answered(at + tookMs, tookMs)},
  ]);
  for (const {step} of steps.sort((a, b) => a.at - b.at)) step();
  const list = Array.from({length: count}, (_, index) => fakeEnvironment(`e${index}`));
  return someState({traffic: counter.snapshot(), environments: {...noEnvironments, list}});
}

const wordsAt = (width: number, count: number, tookMs: number): string[] =>
  requestSummary({data: busy(count, tookMs), sending: [span('rate 10/s')], now: frameTime, width}).map(lineText);

test.each([
  [20, 7],
  [4, 942],
  [40, 1_040],
])('the law can be multiplied out by hand: %i requests of %i ms', (count, tookMs) => {
  const words = wordsAt(44, count, tookMs);
  const [, perSecond, factor, unit, product] = words.at(-1)!.match(/([\d.]+)\/s × ([\d.]+) (m?s) = ([\d.]+)/)!;
  const seconds = Number(factor) / (unit === 'ms' ? 1_000 : 1);
  expect(Number(product)).toBeGreaterThan(0);
  expect(Math.abs(Number(perSecond) * seconds - Number(product))).toBeLessThanOrEqual(0.01 * Number(product) + 0.006);
  const [, average] = words[2]!.match(/in flight ([\d.]+)/)!;
  expect(Math.abs(Number(average) - Number(product))).toBeLessThanOrEqual(0.1 * Number(product) + 0.01);
});

test.each([36, 44, 58])('nothing of it is cut in %i cells, or only what looks back how far', width => {
  for (const line of wordsAt(width, 40, 1_040)) {
    expect(lineWidth([span(line.replace(' environments', '').replace('  last 10 s', ''))])).toBeLessThanOrEqual(width);
  }
});

const with40 = {
  environments: {...noEnvironments, list: Array.from({length: 40}, (_, at) => fakeEnvironment(`e${at}`))},
};
test.each([
  [{columns: 120, rows: 40}, 5],
  [{columns: 100, rows: 30}, 3],
])('a burst does not push the summary out of its pane: %o', (size, summaryRows) => {
  const {panes} = dashboardLayout(size, {focus: 'environments', tab: 'logs', zoomed: false, data: someState(with40)});
  const {height, rows} = panes.requests!;
  expect(height - 2 - rows).toBe(summaryRows);
  expect(rows).toBeGreaterThanOrEqual(4);
});

test.each([9, 341, 4_190, 29_000])('an environment’s id is whole in the narrowest pane, after %i ms', latencyMs => {
  const row = {key: 1, sentAt: frameTime, ahead: 0, status: 200, latencyMs, cold: true, environmentId: ids[0]};
  // 38 cells at 100 columns, less borders and cursor.
  expect(lineWidth(requestRow(row, {current: false, roomy: false}))).toBeLessThanOrEqual(35);
  // 46 at 120.
  const why = {brief: '37 busy', words: ''};
  expect(lineWidth(requestRow(row, {current: false, roomy: false, why}))).toBeLessThanOrEqual(43);
});
