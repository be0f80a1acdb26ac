import {expect, test} from 'vitest';
import {createMask} from '../../../src/operate/recording/mask.ts';

const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9';
const key = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';

test.each([
  ['Authorization: Bearer abc.def', 'Authorization: ***'],
  ['> authorization: Basic dXNlcjpwYXNz', '> authorization: ***'],
  ['{"authorization":"Bearer a\\"b","host":"x"}', '{"authorization":"***","host":"x"}'],
  [
    '"{\\"Authorization\\":\\"Bearer abc\\",\\"host\\":\\"x\\"}"',
    '"{\\"Authorization\\":\\"***\\",\\"host\\":\\"x\\"}"',
  ],
  ["headers { cookie: 'id=1; theme=dark', host: 'x' }", "headers { cookie: '***', host: 'x' }"],
  ['Set-Cookie: session=5; Path=/\nnext line', 'Set-Cookie: ***\nnext line'],
  ["authorizationToken: 'allow-me'", "authorizationToken: '***'"],
  ['x-api-key: 12345', 'x-api-key: ***'],
  ['{"X-Amz-Security-Token": "IQoJb3JpZ2lu"}', '{"X-Amz-Security-Token": "***"}'],
  ['sent with bearer 0123456789abcdef', 'sent with bearer ***'],
  [`a token ${jwt} in a sentence`, 'a token *** in a sentence'],
  ['?token=abc&page=2', '?token=***&page=2'],
  [`AWS_SECRET_ACCESS_KEY=${key}`, 'AWS_SECRET_ACCESS_KEY=***'],
  ['key id AKIAIOSFODNN7EXAMPLE was used', 'key id *** was used'],
  ['ASIAIOSFODNN7EXAMPLE', '***'],
  ['password: "hunter 2"', 'password: "***"'],
  ["{ clientSecret: 'x y', clientId: 'z' }", "{ clientSecret: '***', clientId: 'z' }"],
  ['X-Amz-Signature=0af9&X-Amz-Credential=AKIA/2026', 'X-Amz-Signature=***&X-Amz-Credential=***'],
  ['https://user:pass@example.com/path', 'https://***@example.com/path'],
  ['POST https://hooks.slack.com/services/T0/B0/xyz failed', 'POST https://hooks.slack.com/*** failed'],
  ['https://discord.com/api/webhooks/1/abc', 'https://discord.com/***'],
  ['https://contoso.webhook.office.com/webhookb2/1@2', 'https://contoso.webhook.office.com/***'],
  ['https://api.telegram.org/bot123:ABC/sendMessage', 'https://api.telegram.org/***'],
  ['-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----', '***'],
  ['-----BEGIN PRIVATE KEY-----\nMIIE', '***'],
])('%s', (text, masked) => {
  const mask = createMask();
  expect(mask.text(text)).toBe(masked);
  expect(mask.text(masked)).toBe(masked);
});

test.each([
  'START RequestId: 7e8a3f10-0000-4000-8000-000000000001 Version: $LATEST',
  'REPORT RequestId: 7e8a3f10-0000-4000-8000-000000000001\tDuration: 9.50 ms\tBilled Duration: 10 ms',
  '[shutdown-notifier] Sent: INVOKE 200 in 41 ms',
  'INFO Authorizer invoked',
  'Returning policy',
  'http://127.0.0.1:4566/_aws/execute-api/abc123/prod/hello',
  '2026-11-21T08:22:21.410Z',
  'The security token included in the request is expired',
  'a basic question about bearers of tokens',
  'arn:aws:lambda:us-east-1:000000000000:function:lambda-authorizer-demo',
  'LIFECYCLE_GENERATION=2026-11-21',
])('leaves as it is: %s', text => {
  expect(createMask().text(text)).toBe(text);
});

test('what is named as a secret is hidden wherever it stands, also as part of a URL', () => {
  const mask = createMask();
  mask.hide('a b+c/d=');
  expect(mask.text('is a b+c/d=, as a%20b%2Bc%2Fd%3D')).toBe('is ***, as ***');
});

test('of a webhook only the place it leads to stays', () => {
  const mask = createMask();
  mask.hidePath('https://example.com/in/4711?k=v');
  expect(mask.text('GET https://example.com/in/4711?k=v, /in/4711?k=v')).toBe('GET https://example.com/***, /***');
  mask.hidePath('https://example.com/');
  mask.hidePath('no url');
  expect(mask.text('https://example.com/ is no url')).toBe('https://example.com/ is no url');
});

test('a word too short to be a secret is not taken out of everything', () => {
  const mask = createMask();
  mask.hide('ab');
  expect(mask.text('about')).toBe('about');
});

test('a message keeps its other members, and is not changed itself', () => {
  const given = {v: 1, at: 'x', type: 'log', message: 'cookie: a', timestamp: 5, requestId: 'r'};
  expect(createMask().message(given)).toEqual({...given, message: 'cookie: ***'});
  expect(given.message).toBe('cookie: a');
});

const hostile = [
  'authorization',
  'authorization:',
  'token: "',
  'token: \\\\"',
  "secret='",
  'secret-',
  'https://hooks.a',
  'https://a/',
  'https://a',
  '://a',
  '\\\\',
  'eyJaaaaaaaaa.',
  'eyJ-',
  'bearer ',
  'bearer\\t',
  '-----BEGIN ',
  '-----BEGIN PRIVATE KEY-----',
];

test('a long hostile line is masked in a moment', () => {
  const mask = createMask();
  for (const part of hostile) {
    const startedAt = performance.now();
    mask.text(part.repeat(Math.floor(200_000 / part.length)));
    expect(performance.now() - startedAt, part).toBeLessThan(5_000);
  }
});

test('texts within members are masked too', () => {
  const mask = createMask();
  mask.hide('known-secret');
  expect(mask.message({input: {name: 'known-secret', list: ['Authorization: Bearer abc.def', 5, null]}})).toEqual({
    input: {name: '***', list: ['Authorization: ***', 5, null]},
  });
});
