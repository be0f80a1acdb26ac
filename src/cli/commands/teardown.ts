import type {Connection} from '../../operate/session/connect.ts';
import {type Inventory, takeInventory} from '../../provision/inventory.ts';
import {removalCommands} from '../../provision/removal-commands.ts';
import {type TeardownResult, teardown} from '../../provision/teardown.ts';
import {formatDuration} from '../../text/duration.ts';
import type {CommandContext} from '../command-context.ts';
import {confirm} from '../confirm.ts';
import {inventoryLines} from '../inventory-lines.ts';
import {styled} from '../output.ts';
import {createStepList} from '../step-list.ts';
import {refuseReadOnly, withConnection} from '../with-connection.ts';

/** Deletes the stack. An absent one is fine. */
export async function run(context: CommandContext): Promise<number> {
  const {options, output, signal} = context;
  refuseReadOnly(context, 'teardown');
  return await withConnection(context, async connection => {
    const {target, clients, names} = connection;
    const keepRole = options['keep-role'] === true;
    let foreign: Inventory['foreign'] = [];
    const show = async (): Promise<void> => {
      const inventory = await takeInventory({target, clients, names, signal, keepRole});
      ({foreign} = inventory);
      for (const line of inventoryLines(inventory)) output.progress(...line);
    };
    await confirm(context, connection, `Delete every resource of stack ${names.stack}, its events and its logs?`, {
      show,
    });
    const list = createStepList(output);
    const result = await teardown({
      target,
      clients,
      names,
      signal,
      emit: message => (message.type === 'step' ? list.add(message) : output.message(message)),
      options: {keepRole},
    }).finally(list.end);
    if (result.ok) output.line('Nothing is left, after ', formatDuration(result.ms));
    const left = await showLeft(context, connection, result);
    for (const {title, name, owner} of foreign) output.line(`Left alone: ${title} ${name}, ${owner}`);
    output.result({...result, left, foreign});
    return result.ok ? 0 : 1;
  });
}

/** A table of what is left, each with the commands that remove it by hand. */
async function showLeft({output}: CommandContext, connection: Connection, {ok, left}: TeardownResult) {
  if (ok) return left;
  const commands = await removalCommands(
    connection,
    left.map(({id}) => id),
  );
  output.problem({
    title: 'Some resources are left',
    details: left.map(({name, error}) => (error === undefined ? name : `${name}: ${error}`)).join(' · '),
    solution: 'Run it again, or remove them by hand:',
    next: 'lifecycle-tui teardown',
  });
  for (const {id, name} of left) {
    output.line(name);
    for (const command of commands.get(id) ?? []) output.line('  ', styled('cyan', command));
  }
  return left.map(each => ({...each, commands: commands.get(each.id) ?? []}));
}
