import {type Environment, isLive} from '../../lifecycle/environment.ts';
import {percentile} from '../../operate/requests/latency-window.ts';
import type {ShutdownProgress} from '../../operate/session/session-state.ts';
import type {Line} from '../ui/line.ts';
import {span} from '../ui/line.ts';
import {sparkline} from '../ui/sparkline.ts';
import {clockTime, took} from './clock.ts';
import {safeLine} from './safe-line.ts';
import {shortId} from './short-id.ts';

/** A configuration change ends an environment; a timeout or a crash resets it, and it may serve again. */
const ended = ({how}: ShutdownProgress) => (how === 'update' ? 'gone' : 'reset');

const toldOf = ({expected, seen}: ShutdownProgress) =>
  expected.filter(id => seen.some(({environmentId}) => environmentId === id)).length;

const missingOf = ({expected, seen}: ShutdownProgress) =>
  expected.filter(id => !seen.some(({environmentId}) => environmentId === id));

/** While it is waited for: `1 of 4 gone, 6 s`. `now`: AWS's clock. */
export function shutdownCount(progress: ShutdownProgress, now: number): string {
  const seconds = Math.max(0, Math.floor((now - progress.startedAt) / 1_000));
  return `${toldOf(progress)} of ${progress.expected.length} ${ended(progress)}, ${seconds} s`;
}

/** What came of it in one line, and whether all is well. */
export function shutdownEnd(progress: ShutdownProgress): {text: string; ok: boolean} {
  const {how, expected, seen, gaveUp, waitMs} = progress;
  const missing = missingOf(progress);
  if (expected.length === 0 && seen.length === 0) {
    return {
      text: how === 'update' ? 'No environment was live.' : 'No environment is idle: nothing was sent.',
      ok: true,
    };
  }
  const told = `${toldOf(progress)} of ${expected.length}`;
  if (gaveUp && missing.length > 0) {
    return {text: `Not waiting any more, ${told} ${ended(progress)}. What was ordered stays ordered.`, ok: false};
  }
  if (missing.length > 0) {
    const text = `${missing.length} without SHUTDOWN after ${took(waitMs)}: ${idWords(missing)}. X says more.`;
    return {text, ok: false};
  }
  const {medianMs, mostMs} = spread(progress);
  const environments = expected.length === 1 ? 'environment' : 'environments';
  const median = expected.length > 2 ? `, median ${took(medianMs)}` : '';
  return {text: `${told} ${environments} ${ended(progress)} in ${took(mostMs)}${median}.`, ok: true};
}

/** Everything that is known of it: counts, latencies with their histogram, those that are missing or serve again. */
export function shutdownReport(
  progress: ShutdownProgress,
  environments: readonly Environment[],
  now: number,
): readonly Line[] {
  const {how, expected, seen, finished, startedAt} = progress;
  const missing = missingOf(progress);
  const again = environments.filter(
    one => isLive(one) && seen.some(({environmentId, reason}) => environmentId === one.id && reason !== 'spindown'),
  );
  const reasons = [...new Set(seen.map(({reason}) => safeLine(reason)))].join(', ');
  return [
    [
      span(finished ? 'Last  ' : 'Now   ', 'muted'),
      span(`by ${how}, ${clockTime(startedAt)}: `),
      span(
        finished ? `${toldOf(progress)} of ${expected.length} ${ended(progress)}` : shutdownCount(progress, now),
        'gone',
      ),
      span(reasons === '' ? '' : `, reason ${reasons}`),
    ],
    ...(seen.length > 0 ? latencyLines(progress) : []),
    ...(missing.length > 0 && finished ? missingLines(progress, missing) : []),
    ...againLines(again),
  ];
}

function latencyLines(progress: ShutdownProgress): Line[] {
  const {leastMs, medianMs, p95Ms, mostMs, bins} = spread(progress);
  return [
    [span(`      min ${took(leastMs)} · p50 ${took(medianMs)} · p95 ${took(p95Ms)} · max ${took(mostMs)}`)],
    [span('      '), span(histogram(bins), 'accent'), span(`  ${took(leastMs)} to ${took(mostMs)}`, 'muted')],
  ];
}

function againLines(environments: readonly Environment[]): Line[] {
  const generations = [...new Set(environments.map(({generation}) => generation))].sort((a, b) => a - b);
  return generations.map(generation => {
    const some = environments.filter(one => one.generation === generation).map(({id}) => id);
    const serve = some.length === 1 ? 'serves' : 'serve';
    return [span(`      ${idWords(some)} ${serve} again as generation ${generation}`, 'soon')];
  });
}

/** As many ids as fit, and how many more there are. */
function idWords(ids: readonly string[]): string {
  const more = ids.length > 5 ? ` and ${ids.length - 5} more` : '';
  return `${ids.slice(0, 5).map(shortId).join(' ')}${more}`;
}

function missingLines({how, gaveUp}: ShutdownProgress, missing: readonly string[]): Line[] {
  const meaning =
    how === 'update'
      ? 'On AWS that can take an ordinary idle time; its row tells when it comes.'
      : 'The SHUTDOWN was lost, or the Invoke reached another environment.';
  return [
    [span(`      ${gaveUp ? 'not waited for' : 'missing'} `, 'late'), span(idWords(missing))],
    [span(`      ${meaning}`, 'muted')],
  ];
}

const histogramCells = 24;

const histogram = (bins: readonly number[]) =>
  [...sparkline(bins, bins.length)].map((block, index) => (bins[index] === 0 ? '·' : block)).join('');

/** The latencies from the order to each environment's own event, in equal bins from the least to the most. */
function spread({seen}: ShutdownProgress) {
  const sorted = seen.map(({latencyMs}) => latencyMs).sort((a, b) => a - b);
  const leastMs = sorted[0] ?? 0;
  const mostMs = sorted.at(-1) ?? 0;
  const bins = Array.from({length: histogramCells}, () => 0);
  for (const ms of sorted) {
    const share = mostMs === leastMs ? 0 : (ms - leastMs) / (mostMs - leastMs);
    bins[Math.min(histogramCells - 1, Math.floor(share * histogramCells))]! += 1;
  }
  return {leastMs, mostMs, medianMs: percentile(sorted, 0.5) ?? 0, p95Ms: percentile(sorted, 0.95) ?? 0, bins};
}
