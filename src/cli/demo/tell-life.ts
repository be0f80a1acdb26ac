import {Problem} from '../../aws/problem.ts';
import {until} from '../../aws/until.ts';
import type {ResponseMessage} from '../../lifecycle/message.ts';
import {pause} from '../../operate/pause.ts';
import {fireRequests} from '../../operate/requests/fire.ts';
import type {Connection} from '../../operate/session/connect.ts';
import {openSession} from '../../operate/session/open-session.ts';
import type {FireRequest, Session} from '../../operate/session/session-state.ts';
import {formatDuration} from '../../text/duration.ts';
import {type Output, styled} from '../output.ts';
import {processTree} from '../process-tree.ts';
import {eventRow, responseRow, shortId} from '../rows.ts';
import type {StartedLocal} from '../start-local.ts';
import {awaitSpindown} from './await-spindown.ts';
import type {Story} from './story.ts';

/** Long enough for all three requests to be under way together, also on a busy machine. */
const overlapMs = 700;
/** Until then the environment's extension is done as well, and the next request can be served there. */
const betweenMs = 600;

type LifeOptions = {
  output: Output;
  signal: AbortSignal;
  story: Story;
  local: StartedLocal;
  connection: Connection;
  apiUrl: string;
};

/** From the first cold start to the last SHUTDOWN. Returns the ids of all processes that the embedded AWS had by then. */
export async function tellLife(options: LifeOptions): Promise<number[]> {
  const {output, signal, story, local, connection, apiUrl} = options;
  const {target, clients, names} = connection;
  const session = await openSession({target, clients, names, apiUrl, idleWindow: local.idleWindow});
  try {
    const fire = (request: FireRequest): Promise<ResponseMessage[]> =>
      fireAndShow({connection, apiUrl, request, signal, output});

    story.section('Three requests, one after the other');
    const first = await fire({count: 1, concurrency: 1});
    for (let more = 0; more < 2; more++) {
      await pause(betweenMs, signal);
      first.push(...(await fire({count: 1, concurrency: 1})));
    }
    const environments = new Set(first.map(response => response.environmentId));
    story.note(`${listIds(first.filter(response => response.cold))} had to be made first: a cold start.`);
    if (environments.size === 1) story.note('It served all three.');

    story.section('Three requests at the same time');
    const burst = await fire({count: 3, concurrency: 3, sleepMs: overlapMs});
    const burstEnd = Date.now();
    signal.throwIfAborted();
    const added = burst.filter(response => response.cold);
    story.note(`An environment takes one request at a time, so more were made: ${listIds(added)}.`);

    story.section('What the extension wrote to the table');
    await until(async () => (session.getState().events.length >= first.length + burst.length ? true : undefined), {
      what: 'the events of all requests',
      timeoutMs: 10_000,
      schedule: [50],
      signal,
    });
    for (const event of session.getState().events) {
      output.message(event);
      output.line('  ', ...eventRow(event));
    }

    story.section('Two are used once more, one is left alone');
    const before = await processTree(local.pid);
    const ended = await awaitSpindown({
      session,
      output,
      signal,
      idleWindow: local.idleWindow,
      burstEnd,
      keepAlive: () => fire({count: 2, concurrency: 2, sleepMs: overlapMs}),
    });
    const idle = ended.idleMs === undefined ? '' : ` for ${formatDuration(ended.idleMs)}`;
    story.note(`Nobody asked for it: ${shortId(ended.environmentId)} had nothing to do${idle}.`);

    story.section('Force SHUTDOWN of the rest');
    story.note('A changed variable makes every environment outdated; Lambda replaces them.');
    const pids = [...new Set([...before, ...(await processTree(local.pid))])];
    await forceAndShow(session, output, signal);
    return pids;
  } finally {
    await session.close();
  }
}

async function fireAndShow(options: {
  connection: Connection;
  apiUrl: string;
  request: FireRequest;
  signal: AbortSignal;
  output: Output;
}): Promise<ResponseMessage[]> {
  const {connection, apiUrl, request, signal, output} = options;
  const responses: ResponseMessage[] = [];
  const {failed} = await fireRequests({
    apiUrl,
    request,
    signal,
    lambda: connection.clients.lambda,
    functionName: connection.names.target,
    onResponse: response => {
      responses.push(response);
      if (signal.aborted) return;
      output.message(response);
      output.line('  ', ...responseRow(response));
    },
  });
  signal.throwIfAborted();
  if (failed > 0) throw new Problem('failed', `${failed} of ${responses.length} requests failed`);
  return responses;
}

async function forceAndShow(session: Session, output: Output, signal: AbortSignal): Promise<void> {
  const close = (): void => void session.close();
  signal.addEventListener('abort', close);
  const outcome = await session.forceShutdown({how: 'update', waitMs: 10_000});
  signal.removeEventListener('abort', close);
  signal.throwIfAborted();
  for (const {environmentId, reason, latencyMs} of outcome.shutdowns) {
    output.line(
      '  ',
      shortId(environmentId),
      '  ',
      styled('magenta', `SHUTDOWN  ${reason}`),
      `  ${formatDuration(latencyMs)} after the change`,
    );
  }
  if (!outcome.ok) throw new Problem('failed', `${outcome.missing.length} environments did not tell of their SHUTDOWN`);
}

function listIds(responses: readonly ResponseMessage[]): string {
  const ids = [...new Set(responses.map(response => shortId(response.environmentId)))];
  return ids.length === 1 ? `${ids[0]}` : `${ids.slice(0, -1).join(', ')} and ${ids.at(-1)}`;
}
