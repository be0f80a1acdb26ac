import {mkdtemp, readdir, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import type {Clients} from '../../../src/aws/clients.ts';
import {stackNames} from '../../../src/aws/names.ts';
import type {Target} from '../../../src/aws/target.ts';
import type {KeptEnd} from '../../../src/lifecycle/kept-end.ts';
import {targetObservations} from '../../../src/operate/forecast/target-observations.ts';
import {awsError, fakeClient} from '../fakes.ts';

let folder: string;
const notices: string[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lifecycle-targets-'));
  notices.length = 0;
});
afterEach(() => rm(folder, {recursive: true, force: true}));

const end: KeptEnd = {environmentId: 'a', generation: 1, at: 5, idleMs: 9, ended: true, source: 'parked'};

function observations(
  target: Target,
  {
    stack = 'default',
    account = '123456789012',
    idleWindow,
  }: {stack?: string; account?: string; idleWindow?: {minMs: number; maxMs: number}} = {},
) {
  const answer = () => {
    if (account === '') throw awsError('ExpiredToken');
    return {Account: account, Arn: `arn:aws:iam::${account}:user/me`};
  };
  const {client: sts, calls} = fakeClient<Clients['sts']>({GetCallerIdentity: answer});
  const clients = {sts: Object.assign(sts, {config: {profile: 'dev'}})} as unknown as Clients;
  const names = stackNames(stack, target.region);
  const file = targetObservations({target, clients, names, idleWindow, folder, onNotice: text => notices.push(text)});
  return {file, calls};
}

const aws = {label: 'dev', region: 'eu-west-1', profile: 'dev'};
const local = {label: 'Local', region: 'us-east-1', endpoint: 'http://127.0.0.1:4566'};

test('on AWS a file for each account, region and stack, and what is in it teaches', async () => {
  for (const {file} of [
    observations(aws),
    observations({...aws, region: 'us-east-1'}),
    observations(aws, {stack: 'alice'}),
    observations(aws, {account: '210987654321'}),
  ]) {
    expect(file?.teaches).toBe(true);
    await file?.add([end]);
  }
  expect((await readdir(folder)).sort()).toEqual([
    '123456789012-eu-west-1-alice.json',
    '123456789012-eu-west-1-default.json',
    '123456789012-us-east-1-default.json',
    '210987654321-eu-west-1-default.json',
  ]);
});

test('the account is asked for once, and only when the file is needed', async () => {
  const {file, calls} = observations(aws);
  expect(calls).toEqual([]);
  await file?.read();
  await file?.add([end]);
  expect(calls).toHaveLength(1);
});

test('an account that cannot be told keeps nothing and says nothing: the screen has said it already', async () => {
  const {file} = observations(aws, {account: ''});
  await file?.add([end]);
  expect(await readdir(folder)).toEqual([]);
  expect(notices).toEqual([]);
});

test('an account cannot lead out of the folder', async () => {
  const {file} = observations(aws, {account: '../../x'});
  await file?.add([end]);
  expect(await readdir(folder)).toEqual(['______x-eu-west-1-default.json']);
});

test('on Local a file for each window, for the score alone', async () => {
  const {file, calls} = observations(local, {idleWindow: {minMs: 18_000, maxMs: 22_000.4}});
  expect(file?.teaches).toBe(false);
  await file?.add([end]);
  expect(await readdir(folder)).toEqual(['local-18000-22000.json']);
  expect(calls).toEqual([]);
});

test('of another endpoint nothing is kept', () => {
  expect(observations(local).file).toBeUndefined();
});
