import {fireRequests} from '../../operate/fire.ts';
import type {CommandContext} from '../command-context.ts';
import {responseRow} from '../rows.ts';
import {refuseReadOnly, requireDeployed, withConnection} from '../with-connection.ts';

/** Sends requests and prints each answer. */
export async function run(context: CommandContext): Promise<number> {
  const {options, output, signal} = context;
  refuseReadOnly(context, 'fire');
  return await withConnection(context, async connection => {
    const {apiUrl} = await requireDeployed(connection, context, ['api', 'target', 'authorizer']);
    const totals = await fireRequests({
      apiUrl,
      lambda: connection.clients.lambda,
      functionName: connection.names.target,
      signal,
      request: {
        count: options.count ?? options.concurrency ?? 1,
        concurrency: options.concurrency ?? 1,
        ...(options['sleep-ms'] !== undefined && {sleepMs: options['sleep-ms']}),
        ...(options.via !== undefined && {via: options.via}),
      },
      onResponse: response => {
        output.message(response);
        output.line(...responseRow(response));
      },
    });
    const ok = totals.failed === 0 && !signal.aborted;
    output.progress(`${totals.sent} sent · ${totals.cold} cold · ${totals.failed} failed`);
    output.result({ok, ...totals});
    return ok ? 0 : 1;
  });
}
