import {isLoopback} from '../../aws/target.ts';
import type {LogMessage} from '../../lifecycle/message.ts';
import {createLogReader, followLogs} from '../../operate/logs/log-tail.ts';
import {logInterval} from '../../operate/requests/pace.ts';
import type {CommandContext} from '../command-context.ts';
import {reportPolling} from '../report-polling.ts';
import {logRow} from '../rows.ts';
import {requireDeployed, withConnection} from '../with-connection.ts';

const defaultSinceMs = 10 * 60_000;

/** Prints log lines of the last minutes, and goes on with `--follow`. */
export async function run(context: CommandContext): Promise<number> {
  const {options, output, signal} = context;
  return await withConnection(context, async connection => {
    await requireDeployed(connection, context, ['logs-target', 'logs-authorizer']);
    const {target, clients, names} = connection;
    const local = isLoopback(target);
    let count = 0;
    let lastAt = Date.now();
    const print = (lines: readonly LogMessage[]): void => {
      for (const line of lines) {
        output.message(line);
        output.line(...logRow(line));
      }
      count += lines.length;
      if (lines.length > 0) lastAt = Date.now();
    };
    const groups = [
      {kind: 'target', functionName: names.target, group: names.targetLogs},
      {kind: 'authorizer', functionName: names.authorizer, group: names.authorizerLogs},
    ]
      .filter(({kind}) => options.function === undefined || options.function === kind)
      .map(({functionName, group}) => ({
        functionName,
        group,
        logs: clients.logs,
        since: Date.now() - (options.since ?? defaultSinceMs),
        overlapMs: local ? 2_000 : 30_000,
        signal,
      }));
    if (options.follow) {
      const follow = groups.map(group =>
        followLogs({
          ...group,
          intervalMs: () => logInterval(local, Date.now() - lastAt),
          onLines: print,
          onProblem: reportPolling(output, group.group),
        }),
      );
      await Promise.all(follow);
    } else {
      const lines = await Promise.all(groups.map(group => createLogReader(group).read()));
      print(lines.flat().sort((a, b) => a.timestamp - b.timestamp));
      if (count === 0) output.progress('No log lines yet');
    }
    output.result({ok: true, count});
    return 0;
  });
}
