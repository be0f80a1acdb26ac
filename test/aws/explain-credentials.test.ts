import {expect, test} from 'vitest';
import {classifyError} from '../../src/aws/errors.ts';
import {credentialsProblem} from '../../src/aws/explain-credentials.ts';

const provider = 'CredentialsProviderError';
const keys = {AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret'};
const unset = 'unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN';
const expired = 'The AWS credentials have expired';
const noneFound = 'Could not load credentials from any providers';
const unknownToken = 'The security token included in the request is invalid.';
const late = 'Signature expired: 20260101T000000Z is now earlier than 20260101T010000Z (20260101T010500Z - 5 min.)';

type Case = [
  name: string,
  message: string,
  source: {profile?: string; environment?: Record<string, string>; platform?: NodeJS.Platform},
  title: string,
  next: string,
];

const cases: Case[] = [
  [provider, noneFound, {}, 'No usable AWS credentials', 'npx lifecycle-tui demo'],
  [
    provider,
    noneFound,
    {environment: {AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE'}},
    'AWS_ACCESS_KEY_ID is set, AWS_SECRET_ACCESS_KEY is not',
    'unset AWS_ACCESS_KEY_ID',
  ],
  [
    provider,
    noneFound,
    {environment: {AWS_SECRET_ACCESS_KEY: 'x', AWS_ACCESS_KEY_ID: ''}},
    'AWS_SECRET_ACCESS_KEY is set, AWS_ACCESS_KEY_ID is not',
    'unset AWS_SECRET_ACCESS_KEY',
  ],
  [
    provider,
    'Could not resolve credentials using profile: [dev] in configuration/credentials file(s).',
    {profile: 'dev'},
    'The profile dev gives no credentials',
    'aws configure --profile dev',
  ],
  [
    provider,
    'The SSO session associated with this profile has expired. To refresh this SSO session run aws sso login with the corresponding profile.',
    {profile: 'dev'},
    expired,
    'aws sso login --profile dev',
  ],
  [
    'TokenProviderError',
    'The SSO session token associated with profile=dev was not found or is invalid.',
    {profile: 'dev'},
    expired,
    'aws sso login --profile dev',
  ],
  [
    provider,
    'Failed to refresh token: x. Please re-authenticate using aws login',
    {profile: 'dev'},
    expired,
    'aws login --profile dev',
  ],
  [
    provider,
    'Profile dev requires multi-factor authentication, but no MFA code callback was provided.',
    {profile: 'dev'},
    'The profile asks for an MFA code',
    'eval "$(aws configure export-credentials --format env --profile dev)"',
  ],
  ['ExpiredToken', 'The security token included in the request is expired', {}, expired, 'aws sso login'],
  [
    'ExpiredTokenException',
    'The security token included in the request is expired',
    {environment: {...keys, AWS_SESSION_TOKEN: 'x'}},
    expired,
    unset,
  ],
  // A named profile goes before the variables.
  [
    'ExpiredToken',
    'The security token included in the request is expired',
    {profile: 'dev', environment: keys},
    expired,
    'aws sso login --profile dev',
  ],
  ['InvalidClientTokenId', unknownToken, {}, 'AWS refuses these keys', 'aws configure'],
  ['UnrecognizedClientException', unknownToken, {environment: keys}, 'AWS refuses these keys', unset],
  [
    'InvalidClientTokenId',
    unknownToken,
    {environment: {...keys, AWS_ACCESS_KEY_ID: 'ASIAEXAMPLE'}},
    'AWS_SESSION_TOKEN is missing',
    unset,
  ],
  [
    'SignatureDoesNotMatch',
    'The request signature we calculated does not match the signature you provided.',
    {profile: 'dev'},
    'AWS refuses these keys',
    'aws configure --profile dev',
  ],
  [
    'SignatureDoesNotMatch',
    late,
    {platform: 'linux'},
    'The clock of this machine is wrong',
    'sudo timedatectl set-ntp true',
  ],
  [
    'InvalidSignatureException',
    late.replace('expired', 'not yet current'),
    {platform: 'darwin', environment: keys},
    'The clock of this machine is wrong',
    'sudo sntp -sS time.apple.com',
  ],
  [
    'RequestTimeTooSkewed',
    'The difference between the request time and the current time is too large.',
    {platform: 'win32'},
    'The clock of this machine is wrong',
    'w32tm /resync',
  ],
];

test.each(cases)('%s: %s (%o) is told with the command that helps', (name, message, source, title, next) => {
  const error = Object.assign(new Error(message), {name});
  expect(classifyError(error)).toBe('credentials');
  const problem = credentialsProblem(error, {environment: {}, platform: 'linux', ...source});
  expect({kind: problem.kind, title: problem.title, next: problem.next}).toEqual({kind: 'no-credentials', title, next});
  expect(problem.solution).toMatch(/\.$/);
  expect(JSON.stringify(problem)).not.toContain('EXAMPLE');
});
