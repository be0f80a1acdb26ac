import {afterEach, describe, test} from 'vitest';
import {fakeBackend, statusOf} from '../../support/fake-backend.ts';
import {golden} from '../../support/golden.ts';
import {type Driver, openApp} from '../../support/tui-driver.tsx';

const sizes = [
  {columns: 120, rows: 40},
  {columns: 80, rows: 24},
  {columns: 60, rows: 16},
];

let open: Driver | undefined;
afterEach(async () => {
  await open?.close();
  open = undefined;
});

const url = 'http://127.0.0.1:1';
const deployed = statusOf('deployed');
const withForeign = {
  ...deployed,
  resources: deployed.resources.map(one => (one.id === 'table' ? {...one, state: 'foreign' as const} : one)),
};
const places = [
  {kind: 'endpoint', url},
  {kind: 'aws', profile: 'dev', region: 'eu-west-1'},
  {kind: 'aws', profile: 'mixed', region: 'us-east-1'},
] as const;
const found = {[url]: deployed, dev: deployed, mixed: withForeign};

describe.each(sizes)('at $columns x $rows', size => {
  const name = `${size.columns}x${size.rows}`;

  test('teardown on an endpoint takes enter', async () => {
    open = await openApp(fakeBackend({places, found}), size);
    await open.press('T');
    await open.see('1 284 events');
    await golden(`teardown-local-${name}`, open);
  });

  test('teardown on AWS, region half typed, the events kept', async () => {
    open = await openApp(fakeBackend({places, found}), size);
    await open.press('jT');
    await open.see('1 284 events');
    await open.press(' eu-west-');
    await golden(`teardown-keep-${name}`, open);
  });

  test('teardown beside something that is not ours', async () => {
    open = await openApp(fakeBackend({places, found}), size);
    await open.press('jjT');
    await open.see('stays: made by');
    await golden(`teardown-foreign-${name}`, open);
  });

  test('teardown while it is counted, and when it cannot be', async () => {
    const backend = fakeBackend({places, found});
    open = await openApp(backend, size);
    const stack = backend.stacks.get(url)!;
    stack.inventory = () => new Promise(() => {});
    await open.press('T');
    await open.see('counting what is there');
    await golden(`teardown-counting-${name}`, open);
    await open.press('\x1b');
    await open.see(/^(?![\s\S]*Tear down\?)/);
    stack.inventory = async () => {
      throw Object.assign(new Error(), {title: 'What would be deleted cannot be counted', details: 'AccessDenied'});
    };
    await open.press('T');
    await open.see('Nothing has been deleted');
    await golden(`teardown-uncounted-${name}`, open);
  });

  test('quit with a stack on AWS', async () => {
    open = await openApp(fakeBackend({places, found}), size);
    await open.press('j\r');
    await open.see('1 Environments');
    await open.press('q');
    await open.see('Quit?');
    await golden(`quit-${name}`, open);
  });
});
