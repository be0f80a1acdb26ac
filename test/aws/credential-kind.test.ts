import {expect, test} from 'vitest';
import {credentialKind, environmentKind} from '../../src/aws/credential-kind.ts';

const end = Date.UTC(2026, 10, 20, 19, 0);
const logins: Record<string, number> = {corp: end, 'https://old.example': end};
const sections = {
  modern: {sso_session: 'corp', sso_account_id: '123456789012'},
  old: {sso_start_url: 'https://old.example'},
  out: {sso_session: 'none'},
  keys: {aws_access_key_id: 'AKIA', aws_secret_access_key: 's'},
  temporary: {aws_access_key_id: 'ASIA', aws_secret_access_key: 's', aws_session_token: 't'},
  role: {role_arn: 'arn:aws:iam::1:role/r', source_profile: 'modern'},
  chain: {role_arn: 'arn:aws:iam::1:role/r', source_profile: 'role'},
  circle: {role_arn: 'arn:aws:iam::1:role/r', source_profile: 'circle'},
  lost: {role_arn: 'arn:aws:iam::1:role/r', source_profile: 'nobody'},
  instance: {role_arn: 'arn:aws:iam::1:role/r', credential_source: 'Ec2InstanceMetadata'},
  web: {role_arn: 'arn:aws:iam::1:role/r', web_identity_token_file: '/token'},
  tool: {credential_process: '/bin/tool'},
  login: {login_session: 'arn:aws:iam::1:user/u'},
  region: {region: 'eu-west-1'},
};

test.each([
  ['modern', {kind: 'sso', expiresAt: end}],
  ['old', {kind: 'sso', expiresAt: end}],
  ['out', {kind: 'sso'}],
  ['keys', {kind: 'keys'}],
  ['temporary', {kind: 'temporary keys'}],
  ['role', {kind: 'role', expiresAt: end}],
  ['chain', {kind: 'role', expiresAt: end}],
  ['circle', {kind: 'role'}],
  ['lost', {kind: 'role'}],
  ['instance', {kind: 'role'}],
  ['web', {kind: 'web identity'}],
  ['tool', {kind: 'process'}],
  ['login', {kind: 'login'}],
  ['region', undefined],
  ['nobody', undefined],
])('%s', async (name, kind) => {
  expect(await credentialKind(name, sections, async login => logins[login])).toEqual(kind);
});

test.each([
  [{AWS_ACCESS_KEY_ID: 'AKIA'}, {kind: 'keys'}],
  [{AWS_ACCESS_KEY_ID: 'ASIA', AWS_SESSION_TOKEN: 't'}, {kind: 'temporary keys'}],
  [
    {AWS_SESSION_TOKEN: 't', AWS_CREDENTIAL_EXPIRATION: '2026-11-20T19:00:00+00:00'},
    {kind: 'temporary keys', expiresAt: end},
  ],
  [{AWS_SESSION_TOKEN: 't', AWS_CREDENTIAL_EXPIRATION: 'soon'}, {kind: 'temporary keys'}],
])('variables %j', (environment, kind) => {
  expect(environmentKind(environment)).toEqual(kind);
});
