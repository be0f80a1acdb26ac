import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {type EventMessage, type LogMessage, message, type ResponseMessage} from '../../src/lifecycle/message.ts';
import type {BeginMessage, RecordedMessage, StartMessage} from '../../src/lifecycle/recorded-message.ts';
import type {ShutdownMessage} from '../../src/lifecycle/session-message.ts';
import {ids} from '../support/fake-session.ts';

const beginsAt = Date.UTC(2026, 10, 20, 12, 0, 0);
const functionName = 'lambda-target-demo';
const requestId = (index: number) => `3f0c9d52-0000-4000-8000-${String(index).padStart(12, '0')}`;

/** Seconds after the beginning. */
const moment = (seconds: number) => new Date(beginsAt + seconds * 1_000);

/** Writes a session that the test makes up, and gives its file. Idle environments are expected to go after 60 s. */
export async function writeRecording(folder: string, messages: readonly RecordedMessage[]): Promise<string> {
  const file = join(folder, 'made.ndjson');
  const whose = {version: '0.1.0', label: 'Local', region: 'us-east-1', stack: 'default', functionName, local: true};
  const first = message<StartMessage>({type: 'session', ...whose, authorizerName: 'lambda-authorizer-demo'}, moment(0));
  const idleWindow = {minMs: 55_000, maxMs: 65_000};
  const begin = message<BeginMessage>(
    {type: 'begin', part: 'session', apiUrl: 'http://127.0.0.1:1/prod/hello', idleWindow},
    moment(0),
  );
  await writeFile(file, [first, begin, ...messages].map(one => `${JSON.stringify(one)}\n`).join(''));
  return file;
}

/** The environment of that number serves its first request, and is idle then. */
export function invoked(index: number, seconds: number): [EventMessage, ResponseMessage] {
  const shared = {requestId: requestId(index), environmentId: ids[index]!, cold: true, invocation: 1};
  return [
    {...eventOf(index, seconds), ...shared, eventType: 'INVOKE', eventId: `invoke-${index}`},
    message<ResponseMessage>({type: 'response', status: 200, latencyMs: 9, ...shared}, moment(seconds + 0.1)),
  ];
}

export const went = (index: number, seconds: number): EventMessage => ({
  ...eventOf(index, seconds),
  ...{eventType: 'SHUTDOWN', eventId: `shutdown-${index}`, sequence: 2, shutdownReason: 'spindown', requestId: 'N/A'},
});

/** What a user's order for these environments leaves in a recording. */
export const ordered = (expected: readonly number[], seconds: number): ShutdownMessage =>
  message<ShutdownMessage>(
    {
      ...{type: 'shutdown', status: 'ordered', how: 'update', waitMs: 30_000, startedAt: moment(seconds).getTime()},
      expected: expected.map(index => ids[index]!),
    },
    moment(seconds),
  );

export const finished = (seconds: number): ShutdownMessage =>
  message<ShutdownMessage>({type: 'shutdown', status: 'finished'}, moment(seconds));

export function logged(text: string, seconds: number): LogMessage {
  const at = moment(seconds);
  const time = {timestamp: at.getTime(), ingestedAt: at.getTime()};
  const where = {function: functionName, stream: '2026/11/20/[$LATEST]0123456789abcdef0123456789abcdef'};
  return message<LogMessage>({type: 'log', ...where, ...time, eventId: `log-${seconds}`, message: text}, at);
}

function eventOf(index: number, seconds: number): EventMessage {
  const at = moment(seconds);
  return message<EventMessage>(
    {
      ...{type: 'event', eventId: '', eventType: 'INVOKE', functionName, functionVersion: '$LATEST'},
      ...{timestamp: at.toISOString(), writtenAt: at.toISOString(), environmentId: ids[index]!, generation: 1},
      ...{environmentStartedAt: moment(0).toISOString(), sequence: 1, initType: 'on-demand', requestId: ''},
      ...{invocation: 1, cold: false, shutdownReason: 'N/A', ttl: 1_795_000_000},
    },
    at,
  );
}
