import {teardown} from '../../provision/teardown.ts';
import {formatDuration} from '../../text/duration.ts';
import type {CommandContext} from '../command-context.ts';
import {confirm} from '../confirm.ts';
import {createStepList} from '../step-list.ts';
import {refuseReadOnly, withConnection} from '../with-connection.ts';

/** Deletes the stack. An absent one is fine. */
export async function run(context: CommandContext): Promise<number> {
  const {options, output, signal} = context;
  refuseReadOnly(context, 'teardown');
  return await withConnection(context, async connection => {
    const {target, clients, names} = connection;
    await confirm(context, connection, `Delete every resource of stack ${names.stack}, its events and its logs?`);
    const list = createStepList(output);
    const result = await teardown({
      target,
      clients,
      names,
      signal,
      emit: message => (message.type === 'step' ? list.add(message) : output.message(message)),
      options: {keepRole: options['keep-role'] === true},
    }).finally(list.end);
    if (result.ok) output.line('Nothing is left, after ', formatDuration(result.ms));
    else {
      output.problem({
        title: 'Some resources are left',
        details: result.left.map(({name, error}) => (error === undefined ? name : `${name}: ${error}`)).join(' · '),
        next: 'lifecycle-tui teardown',
      });
    }
    output.result({...result});
    return result.ok ? 0 : 1;
  });
}
