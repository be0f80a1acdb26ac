import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {resolveTarget} from '../../src/aws/resolve-target.ts';

const folder = mkdtempSync(join(tmpdir(), 'lifecycle-target-'));
const files = {AWS_CONFIG_FILE: join(folder, 'config'), AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials')};

beforeAll(() => {
  const config = [
    '[default]',
    'region = eu-west-1',
    '[profile work]',
    'region = ap-south-1',
    '[profile emulated]',
    'endpoint_url = http://127.0.0.1:4566',
    '[profile odd]',
    'region = nowhere',
  ];
  writeFileSync(files.AWS_CONFIG_FILE, config.join('\n'));
  writeFileSync(files.AWS_SHARED_CREDENTIALS_FILE, '[keys]\naws_access_key_id = A\naws_secret_access_key = B\n');
});
afterAll(() => rmSync(folder, {recursive: true}));

describe('resolveTarget', () => {
  it.each([
    ['the default profile', {}, {}, {label: 'default', region: 'eu-west-1'}],
    ['a flag', {profile: 'work'}, {}, {label: 'work', profile: 'work', region: 'ap-south-1'}],
    ['AWS_PROFILE', {}, {AWS_PROFILE: 'work'}, {label: 'work', profile: 'work', region: 'ap-south-1'}],
    [
      'a flag before AWS_PROFILE',
      {profile: 'keys'},
      {AWS_PROFILE: 'work'},
      {label: 'keys', profile: 'keys', region: 'us-east-1'},
    ],
    [
      'a region flag',
      {region: 'us-gov-west-1'},
      {AWS_REGION: 'eu-north-1'},
      {label: 'default', region: 'us-gov-west-1'},
    ],
    [
      'AWS_REGION',
      {},
      {AWS_REGION: 'eu-north-1', AWS_DEFAULT_REGION: 'eu-west-3'},
      {label: 'default', region: 'eu-north-1'},
    ],
    [
      'AWS_DEFAULT_REGION',
      {},
      {AWS_REGION: '', AWS_DEFAULT_REGION: 'eu-west-3'},
      {label: 'default', region: 'eu-west-3'},
    ],
    [
      'a loopback endpoint, which no configuration reaches',
      {endpointUrl: 'http://127.0.0.1:4566'},
      {AWS_PROFILE: 'work'},
      {label: 'Local', region: 'us-east-1', endpoint: 'http://127.0.0.1:4566'},
    ],
    [
      'AWS_ENDPOINT_URL, with the keys of the environment',
      {},
      {AWS_ENDPOINT_URL: 'http://localhost:4566', AWS_ACCESS_KEY_ID: 'A', AWS_REGION: 'eu-west-3'},
      {label: 'Local', region: 'eu-west-3', endpoint: 'http://localhost:4566', environmentKeys: true},
    ],
    [
      'AWS_ENDPOINT_URL, switched off',
      {},
      {AWS_ENDPOINT_URL: 'http://localhost:4566', AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true'},
      {label: 'default', region: 'eu-west-1'},
    ],
    [
      'the endpoint of one service',
      {},
      {AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1:8000'},
      {
        label: 'default',
        region: 'eu-west-1',
        serviceEndpoints: {AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1:8000'},
      },
    ],
    [
      'an endpoint elsewhere',
      {endpointUrl: 'https://aws.example:8443', profile: 'work'},
      {},
      {label: 'aws.example:8443', region: 'ap-south-1', profile: 'work', endpoint: 'https://aws.example:8443'},
    ],
    [
      'an endpoint in the profile',
      {profile: 'emulated'},
      {},
      {label: 'Local', region: 'us-east-1', endpoint: 'http://127.0.0.1:4566'},
    ],
  ])('goes by %s', async (_what, choice, environment, target) => {
    expect(await resolveTarget(choice, {...files, ...environment})).toEqual(target);
  });

  it('refuses http across the network for one service too', async () => {
    const environment = {...files, AWS_ENDPOINT_URL_LAMBDA: 'http://aws.example'};
    await expect(resolveTarget({}, environment)).rejects.toMatchObject({kind: 'usage'});
  });

  it.each([
    ['a bad region', {region: 'eu-central'}],
    ['a region that is an attack', {region: 'us-east-1.evil.example/#'}],
    ['a bad region in the profile', {profile: 'odd'}],
    ['an unknown profile', {profile: 'nobody'}],
    ['http across the network', {endpointUrl: 'http://aws.example'}],
    ['http to a name that only looks local', {endpointUrl: 'http://127.0.0.1.evil.example'}],
    ['no address', {endpointUrl: 'localhost:4566'}],
  ])('refuses %s', async (_what, choice) => {
    await expect(resolveTarget(choice, files)).rejects.toMatchObject({name: 'Problem', kind: 'usage'});
  });
});
