import {readAuthToken} from '../../aws/auth-token.ts';
import {fireRequests} from '../../operate/requests/fire.ts';
import {checkConcurrency} from '../../operate/requests/fire-limit.ts';
import type {CommandContext} from '../command-context.ts';
import {responseRow} from '../rows.ts';
import {refuseReadOnly, requireDeployed, withConnection} from '../with-connection.ts';

/** Sends requests and prints each answer. */
export async function run(context: CommandContext): Promise<number> {
  const {options, output, signal} = context;
  refuseReadOnly(context, 'fire');
  return await withConnection(context, async connection => {
    const {apiUrl} = await requireDeployed(connection, context, ['api', 'target', 'authorizer']);
    const {clients, names} = connection;
    const via = options.via ?? 'api';
    await checkConcurrency(clients.lambda, options.concurrency ?? 1, via);
    const authToken = via === 'api' ? await readAuthToken(clients.lambda, names) : undefined;
    if (authToken !== undefined) output.conceal(authToken);
    const totals = await fireRequests({
      apiUrl,
      lambda: clients.lambda,
      functionName: names.target,
      ...(authToken !== undefined && {authToken}),
      signal,
      request: {
        count: options.count ?? options.concurrency ?? 1,
        concurrency: options.concurrency ?? 1,
        ...(options['sleep-ms'] !== undefined && {sleepMs: options['sleep-ms']}),
        via,
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
