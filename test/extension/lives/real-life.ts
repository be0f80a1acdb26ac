import {mkdtemp, readFile, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fromItem, type LifecycleEvent} from '../../../src/lifecycle/event.ts';
import {type ExtensionProcess, startExtension} from '../extension-process.ts';
import {startPlatform} from '../platform.ts';
import {type Reply, startTableServer, tableSecret} from '../table-server.ts';
import type {Delivered, Life} from './life.ts';

const replies: Reply[] = ['throttle', 'fail', 'drop', 'wrong', 'refuse', 'hang'];

/** One environment with real extension processes, a stand-in for the Extensions API and one for the table. */
export async function liveReally(file: string, random: () => number): Promise<Life> {
  const chance = (probability: number) => random() < probability;
  const folder = await mkdtemp(join(tmpdir(), 'life-'));
  const table = await startTableServer();
  const life: Life = {
    ...{delivered: [], table: new Map(), lines: [], onDisk: new Set()},
    ...{uncertain: false, diskTrouble: false},
  };
  const processes: ExtensionProcess[] = [];
  let platform = await startPlatform();
  let [generation, invocation] = [0, 0];
  let lastRequestId: string | undefined;

  async function start(): Promise<ExtensionProcess> {
    await platform.close();
    platform = await startPlatform();
    generation += 1;
    lastRequestId = undefined;
    const extension = startExtension(file, {
      AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${platform.port}`,
      AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
      AWS_SECRET_ACCESS_KEY: tableSecret,
      AWS_ENDPOINT_URL: `http://127.0.0.1:${table.port}`,
      LIFECYCLE_TABLE: 'events',
      TMPDIR: folder,
    });
    processes.push(extension);
    await platform.parked(1);
    return extension;
  }

  /** Without a request it is a SHUTDOWN. */
  function note(requestId?: string): Delivered {
    if (requestId) invocation += 1;
    const entry: Delivered = {
      ...{eventType: requestId ? 'INVOKE' : 'SHUTDOWN', requestId: requestId ?? 'N/A', generation, invocation},
      ...(requestId ? {cold: lastRequestId === undefined} : lastRequestId !== undefined && {lastRequestId}),
      killed: false,
    };
    if (requestId) lastRequestId = requestId;
    life.delivered.push(entry);
    return entry;
  }

  async function kill(extension: ExtensionProcess): Promise<void> {
    extension.child.kill('SIGKILL');
    await extension.ended;
  }

  async function live(): Promise<void> {
    let extension = await start();
    const count = 1 + Math.floor(random() * 8);
    for (let number = 1; number <= count; number += 1) {
      const mood = chance(0.4) ? 0 : random();
      table.replies = Array.from({length: 6}, () =>
        random() < mood ? 'ok' : (replies[Math.floor(random() * 6)] ?? 'ok'),
      );
      const requestId = `request-${number}`;
      const entry = note(requestId);
      if (chance(0.12)) {
        const seen = extension.lines().length;
        void platform.invoke(requestId);
        await extension.line('Event: INVOKE', seen);
        entry.killed = true;
        await kill(extension);
        extension = await start();
        continue;
      }
      await platform.invoke(requestId);
      if (chance(0.1)) {
        await kill(extension);
        extension = await start();
      } else if (chance(0.2)) {
        note();
        await platform.shutdown(chance(0.5) ? 'timeout' : 'failure');
        await extension.ended;
        extension = await start();
      }
    }
    if (chance(0.15)) {
      await kill(extension);
      for (const event of await readQueue(folder)) life.onDisk.add(event.eventId);
    } else {
      note();
      await platform.shutdown('spindown');
      await extension.ended;
    }
  }

  try {
    await live();
    for (const {event} of table.puts) life.table.set(event.eventId, event);
    life.lines = processes.map(extension => extension.lines());
    return life;
  } finally {
    for (const extension of processes) await kill(extension);
    await Promise.all([platform.close(), table.close()]);
    await rm(folder, {recursive: true, force: true});
  }
}

async function readQueue(folder: string): Promise<LifecycleEvent[]> {
  const text = await readFile(join(folder, 'lifecycle-queue.json'), 'utf8').catch(() => '[]');
  return (JSON.parse(text) as unknown[]).flatMap(item => fromItem(item) ?? []);
}
