import {isLive} from '../../lifecycle/environment.ts';
import type {Latencies} from '../../operate/requests/latency-window.ts';
import {measureTraffic} from '../../operate/requests/traffic.ts';
import type {SessionState} from '../../operate/session/session-state.ts';
import type {Line} from '../ui/line.ts';
import {lineWidth, span} from '../ui/line.ts';
import {sparkline} from '../ui/sparkline.ts';
import {count, took} from './clock.ts';

export type RequestSummary = {
  data: Pick<SessionState, 'requestCounts' | 'latencies' | 'traffic' | 'environments'>;
  /** What is being sent, in words: `rate 5/s`. */
  sending: Line;
  /** On AWS's clock. */
  now: number;
  /** Cells of a row. */
  width: number;
};

/** Cells from which two rows say what else takes four. */
const wideFrom = 76;

/** Cells from which a row has room for how many answers the latencies are of. */
const sampleFrom = 42;

/** How many rows of the summary fit over the list, with a blank one below: the list keeps at least four. */
export function summaryRows(width: number, height: number): number {
  const all = width >= wideFrom ? 2 : 4;
  if (height >= all + 5) return all + 1;
  return height >= 7 ? 3 : 0;
}

/**
 * Latencies, the share of cold starts, what is being sent, and Little's law: what was under way on average, measured,
 * beside the rate times the duration, and the environments that it takes.
 */
export function requestSummary(summary: RequestSummary): Line[] {
  const {data, sending, now, width} = summary;
  const measured = measureTraffic(data.traffic, now);
  const live = data.environments.list.filter(isLive).length;
  const environments = `${live} ${live === 1 ? 'environment' : 'environments'}`;
  const {underWay, perSecond, meanMs, peak} = measured;
  const rate = figure(perSecond);
  const law =
    meanMs === undefined ? `${rate}/s × –` : `${rate}/s × ${took(meanMs)} = ${figure((perSecond * meanMs) / 1_000)}`;
  const average = figure(underWay);
  if (width >= wideFrom) {
    const right: Line = [span('   cold ', 'muted'), span(coldShare(data, width)), span('   '), ...sending];
    const figures = [span('  '), ...percentiles(data.latencies)];
    const room = Math.min(60, width - 12 - lineWidth(figures) - lineWidth(right));
    return [
      [span(' latency   ', 'muted'), spark(data.latencies, room), ...figures, ...right],
      [
        span(' in flight ', 'muted'),
        span(`${average} measured`, 'strong'),
        span(` · ${law} · peak ${peak} · `),
        span(environments, 'strong'),
        span(width >= wideFrom + 12 ? '   last 10 s' : '', 'muted'),
      ],
    ];
  }
  return [
    [span(' latency   ', 'muted'), spark(data.latencies, width - 14 - lineWidth(sending)), span('  '), ...sending],
    [
      span(' '),
      ...percentiles(data.latencies, width >= sampleFrom),
      span(' · ', 'muted'),
      span('cold ', 'muted'),
      span(coldPercent(data)),
    ],
    [span(' in flight ', 'muted'), span(average, 'strong'), span(` · peak ${peak} · `), span(environments, 'strong')],
    [span(' rate×time ', 'muted'), span(law), span('  last 10 s', 'muted')],
  ];
}

/** Three digits, so that a reader can multiply it out: `0.38`, `12.5`. */
const figure = (value: number) => (value === 0 ? '0' : value.toFixed(value < 9.995 ? 2 : 1));

const spark = ({newest}: Latencies, room: number) => span(sparkline(newest, Math.max(1, room)), 'accent');

function percentiles({count: of, p50Ms, p95Ms}: Latencies, sample = true): Line {
  if (p50Ms === undefined || p95Ms === undefined) return [span('no answer yet', 'muted')];
  return [
    span('p50 ', 'muted'),
    span(took(p50Ms)),
    span(' p95 ', 'muted'),
    span(took(p95Ms)),
    span(sample ? ` of ${of}` : '', 'muted'),
  ];
}

const answeredOf = ({requestCounts: {sent, underWay}}: RequestSummary['data']) => sent - underWay;

function coldPercent(data: RequestSummary['data']): string {
  const answered = answeredOf(data);
  return answered === 0 ? '–' : `${Math.round((data.requestCounts.cold / answered) * 100)} %`;
}

function coldShare(data: RequestSummary['data'], width: number): string {
  const of = width < wideFrom + 12 ? '' : ` of ${count(answeredOf(data))}`;
  return `${count(data.requestCounts.cold)}${of} (${coldPercent(data)})`;
}
