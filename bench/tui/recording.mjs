// Makes up recorded sessions for `--replay`: environments, events and log lines at a steady rate.

import {once} from 'node:events';
import {createWriteStream} from 'node:fs';

const functionName = 'lambda-target-demo';
const beginAt = Date.UTC(2026, 10, 20, 12, 0, 0);

/** The id of an environment; its first six characters, which are shown, are all its own. */
export const environmentId = index => `${index.toString(16).padStart(6, '0')}00-1111-4222-8333-444455556666`;
const stream = index => `2026/11/20/[$LATEST]${index.toString(16).padStart(32, '0')}`;
const requestId = index => `3f0c9d52-0000-4000-8000-${index.toString(16).padStart(12, '0')}`;

function eventLine(index, environments, atMs) {
  const environment = index % environments;
  const invocation = Math.floor(index / environments) + 1;
  const at = new Date(beginAt + atMs).toISOString();
  return {
    ...{v: 1, at, type: 'event', eventId: `event-${index}`, timestamp: at, writtenAt: at, eventType: 'INVOKE'},
    ...{functionName, functionVersion: '$LATEST', environmentId: environmentId(environment)},
    ...{environmentStartedAt: new Date(beginAt).toISOString(), generation: 1, sequence: invocation},
    ...{initType: 'on-demand', requestId: requestId(index), invocation, cold: invocation === 1},
    ...{shutdownReason: 'N/A', ttl: 1_795_000_000},
  };
}

function logLine(index, environments, atMs) {
  const at = beginAt + atMs;
  const time = new Date(at).toISOString();
  const environment = index % environments;
  const text =
    index < environments
      ? `START RequestId: ${requestId(environment)} Version: $LATEST`
      : `${time}\t${requestId(index)}\tINFO\thello from line ${index} of this session: nothing to see, move along`;
  return {
    ...{v: 1, at: time, type: 'log', function: functionName, stream: stream(environment), timestamp: at},
    ...{eventId: `log-${index}`, ingestedAt: at, message: text},
    ...(index < environments && {requestId: requestId(environment)}),
  };
}

/** The text of a line as `tail` would show it. */
export const plainLine = index =>
  `${new Date().toISOString()} ${environmentId(index % 4)} INFO hello from line ${index} of this session: nothing to see, move along\n`;

/** Writes a recording of `seconds` with `events` at its beginning and `linesPerSecond` all along. */
export async function writeRecording(file, {environments, events, linesPerSecond, seconds}) {
  const out = createWriteStream(file);
  const write = async line => {
    if (!out.write(`${JSON.stringify(line)}\n`)) await once(out, 'drain');
  };
  const at = new Date(beginAt).toISOString();
  await write({
    ...{v: 1, at, type: 'session', version: '0.1.0', label: 'Local', region: 'us-east-1', stack: 'default'},
    ...{functionName, authorizerName: 'lambda-authorizer-demo', local: true},
  });
  const idleWindow = {minMs: 3_600_000, maxMs: 4_400_000};
  await write({v: 1, at, type: 'begin', part: 'session', apiUrl: 'http://127.0.0.1:1/prod/hello', idleWindow});
  // Everything that is there from the start comes within the first tenth of a second.
  for (let index = 0; index < events; index += 1) await write(eventLine(index, environments, (index / events) * 100));
  const lines = linesPerSecond * seconds;
  for (let index = 0; index < lines; index += 1) {
    await write(logLine(index, environments, 200 + (index / linesPerSecond) * 1_000));
  }
  // It goes on to its end without lines too.
  await write({v: 1, at: new Date(beginAt + seconds * 1_000).toISOString(), type: 'clock', offsetMs: 0});
  out.end();
  await once(out, 'finish');
}
