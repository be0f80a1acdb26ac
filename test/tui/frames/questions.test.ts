import {describe, test} from 'vitest';
import {statusOf} from '../../support/fake-backend.ts';
import {golden} from '../../support/golden.ts';
import {openWorld, without} from '../../support/open-app.ts';
import {large, sizeName, small, usual} from '../../support/sizes.ts';

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

describe.each([large, usual, small])('at $columns x $rows', size => {
  const name = sizeName(size);

  test('teardown on an endpoint takes enter', async () => {
    const {app} = await openWorld({places, found}, size);
    await app.press('T');
    await app.see('1 284 events');
    await golden(`teardown-local-${name}`, app);
  });

  test('teardown on AWS, region half typed, the events kept', async () => {
    const {app} = await openWorld({places, found}, size);
    await app.press('jT');
    await app.see('1 284 events');
    await app.press(' eu-west-');
    await golden(`teardown-keep-${name}`, app);
  });

  test('teardown beside something that is not ours', async () => {
    const {app} = await openWorld({places, found}, size);
    await app.press('jjT');
    await app.see('stays: made by');
    await golden(`teardown-foreign-${name}`, app);
  });

  test('teardown while it is counted, and when it cannot be', async () => {
    const {backend, app} = await openWorld({places, found}, size);
    const stack = backend.stacks.get(url)!;
    stack.inventory = () => new Promise(() => {});
    await app.press('T');
    await app.see('counting what is there');
    await golden(`teardown-counting-${name}`, app);
    await app.press('\x1b');
    await app.see(without('Tear down\\?'));
    stack.inventory = async () => {
      throw Object.assign(new Error(), {title: 'What would be deleted cannot be counted', details: 'AccessDenied'});
    };
    await app.press('T');
    await app.see('Nothing has been deleted');
    await golden(`teardown-uncounted-${name}`, app);
  });

  test('quit with a stack on AWS', async () => {
    const {app} = await openWorld({places, found}, size);
    await app.press('j\r');
    await app.see('1 Environments');
    await app.press('q');
    await app.see('Quit?');
    await golden(`quit-${name}`, app);
  });
});
