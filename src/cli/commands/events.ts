import {isLoopback} from '../../aws/target.ts';
import type {EventMessage} from '../../lifecycle/message.ts';
import {createEventReader, followEvents, retainedWindowMs} from '../../operate/events/event-feed.ts';
import {eventInterval} from '../../operate/requests/pace.ts';
import type {CommandContext} from '../command-context.ts';
import {reportPolling} from '../report-polling.ts';
import {eventRow} from '../rows.ts';
import {requireDeployed, withConnection} from '../with-connection.ts';

/** Prints lifecycle events of the last minutes, and goes on with `--follow`. */
export async function run(context: CommandContext): Promise<number> {
  const {options, output, signal} = context;
  return await withConnection(context, async connection => {
    await requireDeployed(connection, context, ['table']);
    const {target, clients, names} = connection;
    let count = 0;
    let lastAt = Date.now();
    const print = (events: readonly EventMessage[]): void => {
      for (const event of events) {
        output.message(event);
        output.line(...eventRow(event));
      }
      count += events.length;
      if (events.length > 0) lastAt = Date.now();
    };
    const source = {
      dynamodb: clients.dynamodb,
      table: names.table,
      index: names.index,
      functionName: names.target,
      now: Date.now,
      windowMs: options.since ?? retainedWindowMs,
      signal,
    };
    if (options.follow) {
      await followEvents({
        ...source,
        intervalMs: () => eventInterval(isLoopback(target), Date.now() - lastAt),
        onEvents: print,
        onProblem: reportPolling(output, 'the table'),
      });
    } else {
      print(await createEventReader(source).read());
      if (count === 0) output.progress('No events yet');
    }
    output.result({ok: true, count});
    return 0;
  });
}
