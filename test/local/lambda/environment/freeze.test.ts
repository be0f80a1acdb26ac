import {expect, test} from 'vitest';
import {hollowEnvironment} from './hollow.ts';
import {eventually} from './lambda-bench.ts';

test('who calls in a row finds the processes running', async () => {
  const {stops, invoke, respond, close, init, next} = await hollowEnvironment({settings: {freezeDelayMs: 60_000}});
  try {
    let parked = next();
    await init;
    for (const event of [1, 2, 3]) {
      const invoked = invoke(event);
      const id = (await parked).headers.get('lambda-runtime-aws-request-id')!;
      await respond(id, '1');
      parked = next();
      expect((await invoked).json).toBe(1);
    }
    expect(stops).toEqual([]);
  } finally {
    await close();
  }
});

test('the processes are stopped some time after init and after each event, and go on before the next', async () => {
  const {stops, invoke, respond, close, init, next} = await hollowEnvironment({settings: {freezeDelayMs: 1}});
  try {
    const parked = next();
    await init;
    await eventually(() => stops.length === 1, 'the freeze after init');
    const invoked = invoke(1);
    const id = (await parked).headers.get('lambda-runtime-aws-request-id')!;
    await respond(id, '1');
    void next();
    await invoked;
    await eventually(() => stops.length === 3, 'the freeze after the event');
    expect(stops).toEqual(['freeze', 'thaw', 'freeze']);
  } finally {
    await close();
  }
});

test('an end takes back a freeze that is due', async () => {
  const {stops, close, init, next} = await hollowEnvironment({settings: {freezeDelayMs: 50}});
  void next();
  await init;
  await close();
  await new Promise(resolve => setTimeout(resolve, 100));
  expect(stops).toEqual([]);
});
