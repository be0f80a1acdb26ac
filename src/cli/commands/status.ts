import {status} from '../../provision/status.ts';
import {padCells} from '../../text/cells.ts';
import type {CommandContext} from '../command-context.ts';
import {type Part, styled} from '../output.ts';
import {withConnection} from '../with-connection.ts';

/** What exists of the stack. */
export async function run(context: CommandContext): Promise<number> {
  const {output, signal} = context;
  return await withConnection(context, async ({target, clients, names}) => {
    const found = await status({target, clients, names, signal});
    output.line(
      styled('bold', found.state),
      `  stack ${names.stack} · ${target.label} · ${target.region} · account ${found.account}`,
    );
    for (const {title, name, state, drift} of found.resources) {
      const glyph: Part =
        state === 'present' ? styled('green', '✓') : state === 'foreign' ? styled('red', '✕') : styled('dim', '·');
      output.line(
        '  ',
        glyph,
        ' ',
        padCells(title, 22),
        padCells(name, 36),
        '  ',
        state,
        drift !== undefined && styled('yellow', `  ${drift}`),
      );
    }
    if (found.apiUrl !== undefined) output.line('  ', styled('cyan', found.apiUrl));
    output.result({ok: true, ...found});
    return 0;
  });
}
