import {isLoopback} from '../../aws/target.ts';
import {isLive} from '../../lifecycle/environment.ts';
import {openSession} from '../../operate/session/open-session.ts';
import type {ShutdownOutcome} from '../../operate/session/session-state.ts';
import {formatDuration} from '../../text/duration.ts';
import type {CommandContext} from '../command-context.ts';
import {confirm} from '../confirm.ts';
import {missingShutdowns} from '../missing-shutdowns.ts';
import {styled} from '../output.ts';
import {shortId} from '../rows.ts';
import {refuseReadOnly, requireDeployed, withConnection} from '../with-connection.ts';

const waits = {local: 10_000, aws: 10 * 60_000};

/** Forces SHUTDOWN and waits for the event of every environment. */
export async function run(context: CommandContext): Promise<number> {
  const {options, output} = context;
  refuseReadOnly(context, 'shutdown');
  return await withConnection(context, async connection => {
    const {target, clients, names} = connection;
    const how = options.how ?? 'update';
    const local = isLoopback(target);
    await confirm(context, connection, `End ${how === 'update' ? 'all' : 'the idle'} environments of ${names.target}?`);
    const {apiUrl} = await requireDeployed(connection, context, ['table', 'target']);
    const session = await openSession({target, clients, names, apiUrl});
    const {signal} = context;
    const stop = (): void => void session.close();
    signal.addEventListener('abort', stop);
    try {
      const known = session.getState().environments.list.filter(isLive).length;
      output.progress(known === 0 ? 'No environment is known to be alive' : `${known} alive, waiting for SHUTDOWN`);
      const unsubscribe = printShutdowns(context, session);
      const outcome = await session.forceShutdown({
        how,
        waitMs: options.wait ?? (local ? waits.local : waits.aws),
      });
      unsubscribe();
      if (!outcome.ok && !signal.aborted) {
        output.problem(missingShutdowns(outcome, {how, local}));
      }
      output.result({...outcome});
      return outcome.ok ? 0 : 1;
    } finally {
      signal.removeEventListener('abort', stop);
      await session.close();
    }
  });
}

function printShutdowns({output}: CommandContext, session: Awaited<ReturnType<typeof openSession>>): () => void {
  const printed = new Set<ShutdownOutcome['shutdowns'][number]>();
  const print = (): void => {
    for (const seen of session.getState().shutdown?.seen ?? []) {
      if (printed.has(seen)) continue;
      printed.add(seen);
      output.line(
        shortId(seen.environmentId),
        '  ',
        styled('magenta', `SHUTDOWN ${seen.reason}`),
        `  after ${formatDuration(seen.latencyMs)}`,
      );
    }
  };
  const unsubscribe = session.subscribe(print);
  return () => {
    print();
    unsubscribe();
  };
}
