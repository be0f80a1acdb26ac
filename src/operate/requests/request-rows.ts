import type {ResponseMessage} from '../../lifecycle/message.ts';
import {isFailed} from '../is-failed.ts';
import type {RequestRow, SessionState} from '../session/session-state.ts';
import {createLatencyWindow} from './latency-window.ts';
import {createTrafficCounter} from './traffic.ts';

const keptRows = 2_000;

type Requests = Pick<SessionState, 'requests' | 'requestCounts' | 'latencies' | 'traffic'>;

export type RequestRows = {
  sent(key: number, at: number, how?: Pick<RequestRow, 'sleepMs' | 'via'>): void;
  answered(key: number, response: ResponseMessage): void;
  /** What the session's state says of requests; nothing while it is what it was the last time. */
  changed(): Requests | undefined;
};

/** The requests that were fired, the last 2,000 as rows and all of them in counts. Times in epoch ms on AWS's clock. */
export function createRequestRows(): RequestRows {
  const rows = new Map<number, RequestRow>();
  const counts = {sent: 0, underWay: 0, failed: 0, cold: 0};
  const latencies = createLatencyWindow();
  const traffic = createTrafficCounter();
  let isChanged = false;

  return {
    sent(key, at, how) {
      if (rows.size >= keptRows) rows.delete(rows.keys().next().value!);
      rows.set(key, {key, sentAt: at, ...how, ahead: counts.underWay});
      traffic.sent(at);
      counts.sent += 1;
      counts.underWay += 1;
      isChanged = true;
    },
    answered(key, response) {
      const row = rows.get(key);
      if (row) rows.set(key, {...row, ...answerOf(response)});
      const sentAt = row?.sentAt ?? Date.parse(response.at) - response.latencyMs;
      traffic.answered(sentAt + response.latencyMs, response.latencyMs);
      if (response.status > 0) latencies.add(response.latencyMs);
      counts.underWay -= 1;
      if (isFailed(response)) counts.failed += 1;
      if (response.cold) counts.cold += 1;
      isChanged = true;
    },
    changed() {
      if (!isChanged) return undefined;
      isChanged = false;
      return {
        requests: [...rows.values()],
        requestCounts: {...counts},
        latencies: latencies.summary(),
        traffic: traffic.snapshot(),
      };
    },
  };
}

function answerOf(response: ResponseMessage): Omit<RequestRow, 'key' | 'sentAt' | 'ahead'> {
  const {status, latencyMs, requestId, environmentId, cold, invocation, error} = response;
  return {
    status,
    latencyMs,
    ...(requestId !== undefined && {requestId}),
    ...(environmentId !== undefined && {environmentId}),
    ...(cold !== undefined && {cold}),
    ...(invocation !== undefined && {invocation}),
    ...(error !== undefined && {error}),
  };
}
