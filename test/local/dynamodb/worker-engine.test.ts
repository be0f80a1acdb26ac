import {expect, test} from 'vitest';
import type {Engine} from '../../../src/local/dynamodb/engine.ts';
import {startWorkerEngine} from '../../../src/local/dynamodb/worker-engine.ts';
import {until} from './served.ts';

/** A worker of its own making: `answer(message)` and `port` are at hand. */
function engineOf(onMessage: string, deadlineMs = 10_000): Promise<Engine> {
  const source = `
    import {parentPort as port} from 'node:worker_threads';
    const answer = ({id}) => port.postMessage({type: 'answer', id, status: 200, headers: {}, body: 'fine'});
    port.on('message', message => { const text = Buffer.from(message.body).toString(); ${onMessage} });
    port.postMessage({type: 'ready'});`;
  const file = new URL(`data:text/javascript,${encodeURIComponent(source)}`);
  return startWorkerEngine({file, tableDelayMs: 0, account: '000000000000', region: 'us-east-1', deadlineMs});
}

const request = (text: string) => ({method: 'POST', path: '/', headers: {}, body: Buffer.from(text)});

test('a request that nobody answers is a 500 at the deadline, the others go through', async () => {
  const engine = await engineOf(`if (text !== 'lost') answer(message);`, 100);
  try {
    const [lost, other] = await Promise.all([engine.send(request('lost')), engine.send(request('other'))]);
    expect([lost.status, other.status]).toEqual([500, 200]);
    expect(JSON.parse(String(lost.body)).__type).toContain('InternalServerError');
  } finally {
    await engine.close();
  }
});

test('a dead worker is told, started again, and what it held is answered at once', async () => {
  const engine = await engineOf(
    `if (text === 'die') throw new Error('broken'); else if (text !== 'wait') answer(message);`,
  );
  const reasons: string[] = [];
  engine.onRestart(reason => reasons.push(reason));
  try {
    const held = engine.send(request('wait'));
    const fatal = engine.send(request('die'));
    expect([(await held).status, (await fatal).status]).toEqual([500, 500]);
    await until(
      async () => reasons.length,
      count => count === 1,
    );
    expect(reasons[0]).toContain('broken');
    expect((await engine.send(request('again'))).status).toBe(200);
  } finally {
    await engine.close();
  }
});

test('a worker that cannot start is an error that says why', async () => {
  const file = new URL('file:///nowhere/dynamodb-worker.js');
  const options = {file, tableDelayMs: 0, account: '000000000000', region: 'us-east-1'};
  await expect(startWorkerEngine(options)).rejects.toThrow(/could not be started: .*nowhere/);
});

test('after the end everything is refused at once', async () => {
  const engine = await engineOf('answer(message);');
  await engine.close();
  expect((await engine.send(request('late'))).status).toBe(500);
});
