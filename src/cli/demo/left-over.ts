import {readdir} from 'node:fs/promises';
import {DescribeTableCommand} from '@aws-sdk/client-dynamodb';
import {orAbsent} from '../../aws/errors.ts';
import type {Connection} from '../../operate/session/connect.ts';
import {status} from '../../provision/status.ts';
import {stillRunning} from '../process-tree.ts';
import type {StartedLocal} from '../start-local.ts';
import type {Story} from './story.ts';

/** A killed process needs a moment to go. */
const graceMs = 2_000;

type LeftOver = {
  nothing: boolean;
  found: {stack: string; table: boolean; processes: number[]; files: string[]};
};

/** Ends the embedded AWS and looks whether anything of it is left: in AWS's answers, among processes, on the disk. */
export async function whatIsLeft(options: {
  story: Story;
  local: StartedLocal;
  connection: Connection;
  signal: AbortSignal;
  /** The processes it had. */
  pids: readonly number[];
}): Promise<LeftOver> {
  const {story, local, signal, pids} = options;
  const {target, clients, names} = options.connection;
  const {state} = await status({target, clients, names, signal});
  const table = await orAbsent(clients.dynamodb.send(new DescribeTableCommand({TableName: names.table})));
  await local.stop();
  const processes = await stillRunning(pids, graceMs);
  const files = await readdir(local.folder).catch(() => undefined);
  const word = (gone: boolean, name: string): string => (gone ? `no ${name}` : `${name} is still there`);
  const proofs = [
    story.proof('stack', state === 'absent', state),
    story.proof('table', table === undefined, word(table === undefined, names.table)),
    story.proof('processes', processes.length === 0, `${processes.length} of ${pids.length} left`),
    story.proof('files', files === undefined, word(files === undefined, local.folder)),
  ];
  return {
    nothing: proofs.every(Boolean),
    found: {stack: state, table: table !== undefined, processes, files: files ?? []},
  };
}
