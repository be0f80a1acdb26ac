import {fileURLToPath} from 'node:url';
import {afterEach, describe, test} from 'vitest';
import {openReplay, type Replay} from '../../../src/operate/replay/open-replay.ts';
import {fakeBackend} from '../../support/fake-backend.ts';
import {golden} from '../../support/golden.ts';
import {type Driver, openApp} from '../../support/tui-driver.tsx';

const recording = fileURLToPath(new URL('../../recordings/short.ndjson', import.meta.url));

let open: Driver | undefined;
let replay: Replay | undefined;
afterEach(async () => {
  replay?.close();
  await open?.close();
  open = undefined;
});

/** `ms`: since the recording began. */
async function at(ms: number, size: {columns: number; rows: number}): Promise<Driver> {
  replay = await openReplay({path: recording, speed: 1});
  open = await openApp(fakeBackend(), {...size, replay});
  await replay.seek(Date.parse(replay.start.at) + ms);
  open.app.store.set({toast: undefined});
  open.app.store.flush();
  return open;
}

describe.each([
  {columns: 120, rows: 40},
  {columns: 80, rows: 24},
])('at $columns x $rows', size => {
  const name = `${size.columns}x${size.rows}`;

  test('a deployment, played', async () => {
    await golden(`replay-deploy-${name}`, await at(900, size));
  });

  test('a session, played', async () => {
    await golden(`replay-dashboard-${name}`, await at(10_300, size));
  });

  test('the end of a recording', async () => {
    await golden(`replay-end-${name}`, await at(1e9, size));
  });
});
