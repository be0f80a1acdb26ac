import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, expect, it} from 'vitest';
import {listProfiles} from '../../src/aws/profiles.ts';

const folder = mkdtempSync(join(tmpdir(), 'lifecycle-profiles-'));
const before = {config: process.env.AWS_CONFIG_FILE, credentials: process.env.AWS_SHARED_CREDENTIALS_FILE};

afterEach(() => {
  rmSync(folder, {recursive: true, force: true});
  restore('AWS_CONFIG_FILE', before.config);
  restore('AWS_SHARED_CREDENTIALS_FILE', before.credentials);
});

function restore(name: string, value: string | undefined): void {
  if (value === undefined) delete process.env[name];
  else process.env[name] = value;
}

it('lists profiles of both files, default first, with nothing but their region and how they sign in', async () => {
  const config = join(folder, 'config');
  const credentials = join(folder, 'credentials');
  writeFileSync(
    config,
    [
      '[profile work]',
      'region = eu-west-1',
      'sso_session = company',
      '[sso-session company]',
      'sso_region = eu-west-1',
      '[services local]',
      'dynamodb =',
      '  endpoint_url = http://127.0.0.1:4566',
      '[default]',
      'output = json',
    ].join('\n'),
  );
  writeFileSync(credentials, '[alone]\naws_access_key_id = A\naws_secret_access_key = SECRET\n');
  process.env.AWS_CONFIG_FILE = config;
  process.env.AWS_SHARED_CREDENTIALS_FILE = credentials;
  expect(await listProfiles()).toEqual([
    {name: 'default'},
    {name: 'alone', credentials: {kind: 'keys'}},
    {name: 'work', region: 'eu-west-1', credentials: {kind: 'sso'}},
  ]);
  process.env.AWS_CONFIG_FILE = join(folder, 'none');
  process.env.AWS_SHARED_CREDENTIALS_FILE = join(folder, 'none');
  expect(await listProfiles()).toEqual([]);
});
