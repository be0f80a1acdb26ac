import {fileURLToPath} from 'node:url';
import {describe, test} from 'vitest';
import {golden} from '../../support/golden.ts';
import {openPlayer, quiet} from '../../support/open-app.ts';
import {large, type Size, sizeName, usual} from '../../support/sizes.ts';
import type {Driver} from '../../support/tui-driver.tsx';

const recording = fileURLToPath(new URL('../../recordings/short.ndjson', import.meta.url));

/** `ms`: since the recording began. */
async function at(ms: number, size: Size): Promise<Driver> {
  const {app, replay} = await openPlayer(recording, 1, size);
  await replay.seek(Date.parse(replay.start.at) + ms);
  quiet(app);
  return app;
}

describe.each([large, usual])('at $columns x $rows', size => {
  const name = sizeName(size);

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
