import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {serveLocal} from '../../../cli/run-cli.ts';
import {manySockets, provideFunction, rawInvoke} from './endpoint-calls.ts';

const proc = existsSync('/proc/self/fd');
if (!proc) console.log('skipped: descriptors and memory are read from /proc, which is not here');

const code = {
  'index.mjs': "let count = 0; export const handler = async () => { console.log('x'.repeat(100)); return ++count; };",
};

function look(pid: number) {
  const residentKb = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1];
  return {descriptors: readdirSync(`/proc/${pid}/fd`).length, rssMb: Number(residentKb) / 1024};
}

test.skipIf(!proc)(
  '1,000 invokes in a row on one environment leak neither descriptors nor memory',
  {timeout: 60_000},
  async () => {
    // By itself V8 lets its young generation grow by as much as a leak would take.
    const {endpoint, local, stop} = await serveLocal({NODE_OPTIONS: '--max-semi-space-size=1'});
    const agent = manySockets();
    try {
      await provideFunction(endpoint, {name: 'again', code});
      const invokeUntil = async (count: number) => {
        for (let last = 0; last < count; ) {
          // With the log's tail the answer comes when the environment can take the next event.
          const {status, body} = await rawInvoke(endpoint, {agent, name: 'again', event: {}, tail: true});
          expect(status).toBe(200);
          last = JSON.parse(body);
        }
        return look(local.child.pid!);
      };
      const early = await invokeUntil(200);
      const late = await invokeUntil(1_000);
      console.log(`RSS ${early.rssMb.toFixed(1)} MB after 200 invokes, ${late.rssMb.toFixed(1)} MB after 1,000`);
      expect(late.descriptors).toBe(early.descriptors);
      expect(late.rssMb - early.rssMb).toBeLessThanOrEqual(15);
      const started = local.stdout().match(/"from":"init","to":"ready"/g) ?? [];
      expect(started).toHaveLength(1);
    } finally {
      agent.destroy();
      await stop();
    }
  },
);
