import {deploy} from '../../provision/deploy.ts';
import {formatDuration} from '../../text/duration.ts';
import type {CommandContext} from '../command-context.ts';
import {confirm} from '../confirm.ts';
import {styled} from '../output.ts';
import {createStepList} from '../step-list.ts';
import {timelineLines} from '../timeline-lines.ts';
import {refuseReadOnly, withConnection} from '../with-connection.ts';

const defaultTtlMs = 20 * 60_000;

/** Creates or repairs the stack. */
export async function run(context: CommandContext): Promise<number> {
  const {options, output, signal} = context;
  refuseReadOnly(context, 'deploy');
  return await withConnection(context, async connection => {
    const {target, clients, names} = connection;
    await confirm(context, connection, `Deploy stack ${names.stack}?`);
    const list = createStepList(output, {marks: true});
    const result = await deploy({
      target,
      clients,
      names,
      signal,
      emit: message => (message.type === 'step' ? list.add(message) : output.message(message)),
      options: {
        ttlSeconds: Math.round((options.ttl ?? defaultTtlMs) / 1_000),
        smoke: options['no-smoke'] !== true,
        ...(options.webhook !== undefined && {webhookUrl: options.webhook}),
      },
    }).finally(list.end);
    for (const line of [[], ...timelineLines(result, output.columns)]) output.line(...line);
    if (result.ok) {
      output.line();
      output.line('Deployed in ', formatDuration(result.ms), result.apiUrl !== undefined && '. Try:');
      if (result.apiUrl !== undefined) output.line('  ', styled('cyan', `curl -i ${result.apiUrl}`));
    } else {
      output.problem({
        title: 'The stack is not fully deployed',
        solution: 'What was made is kept; the same command goes on from there.',
        next: 'lifecycle-tui deploy',
      });
    }
    output.result({...result});
    return result.ok ? 0 : 1;
  });
}
