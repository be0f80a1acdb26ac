import {expect, test} from 'vitest';
import {statusOf} from '../../support/fake-backend.ts';
import {frameTime} from '../../support/fake-session.ts';
import {enter, escapeKey} from '../../support/keys.ts';
import {dev, local, localAndDev, openDashboard, openWorld, without} from '../../support/open-app.ts';

const url = 'http://127.0.0.1:1';
const onEndpoint = {places: [{kind: 'endpoint', url}] as const, found: {[url]: statusOf('deployed')}};

test('p adds another region of the profile, checked as every region is, and a rescan keeps it', async () => {
  const {app} = await openWorld({places: [{kind: 'local'}, dev, {...dev, profile: 'other'}]});
  await app.press('p');
  await app.see('p: only AWS profiles have regions');
  await app.press('jp');
  await app.press('us-east');
  await app.press(enter);
  await app.see('"us-east" is no AWS region');
  await app.press('-2');
  await app.press(enter);
  const added = await app.see(/▸ ▢ dev +us-east-2/);
  expect(added.indexOf('us-east-2')).toBeLessThan(added.indexOf('other'));
  await app.press('r');
  await app.see('4 targets, checked');
  await app.see(/▸ ▢ dev +us-east-2/);
  await app.press('kp');
  await app.press('us-east-2\r');
  await app.see(/▸ ▢ dev +us-east-2/);
  expect(app.app.store.get().menu.targets.length).toBe(4);
});

test('escape while a region is being checked adds nothing', async () => {
  const {backend, app} = await openWorld({places: [dev]});
  let answer = () => {};
  const connect = backend.connect;
  backend.connect = async place => {
    await new Promise<void>(resolve => {
      answer = resolve;
    });
    return connect(place);
  };
  await app.press('p');
  await app.press('us-east-2');
  await app.press(enter);
  await app.see('checking…');
  await app.press(escapeKey);
  await app.see(without('Another region'));
  answer();
  await new Promise(resolve => setImmediate(resolve));
  expect(app.app.store.get().menu.targets.length).toBe(1);
});

test('enter does not deploy over something that is not ours', async () => {
  const {backend, app} = await openWorld({places: [dev], found: {dev: statusOf('foreign')}});
  await app.press(enter);
  await app.see('a name is taken by something that is not ours');
  expect(backend.stacks.get('dev')!.orders).toEqual([]);
});

test('q on AWS asks what becomes of the stack: escape stays, enter keeps it and says how to remove it', async () => {
  const {app} = await openDashboard({on: 'aws'});
  await app.press('q');
  await app.see('Quit?');
  await app.press(escapeKey);
  await app.see(without('Quit\\?'));
  await app.press('q');
  await app.see('Quit?');
  await app.press(enter);
  expect(await app.app.exited).toBe(0);
  expect(app.app.stays()).toEqual([
    'The stack stays in eu-west-1: lifecycle-tui teardown --profile dev --region eu-west-1',
  ]);
});

test('T at the question tears down first and then leaves', async () => {
  const {app, stack} = await openDashboard({on: 'aws'});
  await app.press('q');
  await app.see('Quit?');
  await app.press('T');
  await app.see('1 284 events');
  await app.see('confirm and quit');
  await app.press(`eu-west-1${enter}`);
  expect(await app.app.exited).toBe(0);
  expect(stack.orders).toContain('teardown');
});

test('ctrl-c asks nothing, and still says what stays', async () => {
  const {app} = await openDashboard({on: 'aws'});
  await app.press('\x03');
  expect(await app.app.exited).toBe(130);
  expect(app.app.stays().length).toBe(1);
});

test('q asks nothing where the stack was only listed, with --read-only, and on an endpoint', async () => {
  const listed = await openWorld(localAndDev);
  await listed.app.press('q');
  expect(await listed.app.app.exited).toBe(0);
  expect(listed.app.app.stays()).toEqual([]);

  const reading = await openDashboard({on: 'aws', readOnly: true});
  await reading.app.press('q');
  expect(await reading.app.app.exited).toBe(0);

  const endpoint = await openWorld(onEndpoint);
  await endpoint.app.press(enter);
  await endpoint.app.see('1 Environments');
  await endpoint.app.press('q');
  expect(await endpoint.app.app.exited).toBe(0);
  expect(endpoint.app.app.stays()).toEqual([
    'The stack stays at http://127.0.0.1:1: lifecycle-tui teardown --endpoint-url http://127.0.0.1:1',
  ]);
});

test('the events are written before anything is deleted, and leaving says where', async () => {
  const {backend, app} = await openWorld(onEndpoint);
  await app.press('T');
  await app.see('[ ] keep the events: write ./lifecycle-events-20261120.ndjson first');
  await app.press(' ');
  await app.see('[✓] keep the events');
  await app.press('  ');
  await app.press(enter);
  await app.see('done in');
  expect(backend.stacks.get(url)!.orders).toEqual(['save ./lifecycle-events-20261120.ndjson', 'teardown']);
  await app.press('q');
  expect(await app.app.exited).toBe(0);
  expect(app.app.stays()).toEqual(['1284 events kept in ./lifecycle-events-20261120.ndjson']);
});

test('events that cannot be written stop the teardown before anything is deleted', async () => {
  const {backend, app} = await openWorld(onEndpoint);
  const stack = backend.stacks.get(url)!;
  stack.saveEvents = async () => {
    throw new Error('EROFS: read-only file system');
  };
  await app.press('T');
  await app.see('1 284 events');
  await app.press(' \r');
  await app.see('nothing has been deleted');
  await app.see('EROFS');
  expect(stack.orders).toEqual([]);
});

test('ctrl-c while the events are written stops before anything is deleted', async () => {
  const {backend, app} = await openWorld(onEndpoint);
  const stack = backend.stacks.get(url)!;
  stack.saveEvents = ({signal}) =>
    new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))));
  await app.press('T');
  await app.see('1 284 events');
  await app.press(' \r');
  await app.see('writing the events to');
  await app.press('\x03');
  await app.see('stopped after');
  expect(stack.orders).toEqual([]);
});

test('enter deletes nothing while it is being counted', async () => {
  const {backend, app} = await openWorld(onEndpoint);
  const stack = backend.stacks.get(url)!;
  stack.inventory = () => new Promise(() => {});
  await app.press('T');
  await app.see('counting what is there');
  await app.press(' \r');
  await app.see('counting what is there');
  expect(stack.orders).toEqual([]);
});

test('a deployment that failed says what exists, and D deploys again', async () => {
  const {backend, app} = await openWorld({fails: true});
  await app.press(enter);
  await app.see('There now: 6 of 8');
  await app.press('D');
  await app.see('There now: 6 of 8');
  expect(backend.stacks.get(local)!.orders).toEqual(['deploy', 'deploy']);
  await app.press(escapeKey);
  await app.see('Where shall the demo run?');
});

test('what an unfinished deployment left can be torn down from its screen', async () => {
  const {backend, app} = await openWorld({fails: true});
  await app.press(enter);
  await app.see('There now: 6 of 8');
  await app.press('T');
  await app.see('This deletes 6 resources');
  await app.press(enter);
  await app.see('One resource is left');
  expect(backend.stacks.get(local)!.orders).toContain('teardown');
});

test('enter shows a call in full, j and k choose it', async () => {
  const {app} = await openWorld({hold: true});
  await app.press(enter);
  await app.see('CreateFunction');
  await app.press('k');
  await app.see('f follows');
  await app.press(enter);
  const details = await app.see('"operation": "CreateTable"');
  expect(details).toContain('"status": 200');
  await app.press(escapeKey);
  await app.see(without('operation'));
});

test.each([
  [120, '3 environments get SHUTDOWN, nothing stays'],
  [60, 'nothing stays'],
])('leaving Local says how many environments go and how long it takes, at %i columns', async (columns, words) => {
  let now = frameTime;
  const {app, backend} = await openDashboard({clock: () => now, columns, rows: 16});
  backend.local.stop = () => new Promise(() => {});
  await app.press('q');
  expect(await app.see(words)).not.toContain('…');
  now += 2_300;
  await app.see('2 s');
});
