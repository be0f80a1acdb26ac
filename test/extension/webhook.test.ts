import {describe, expect, test} from 'vitest';
import {isPrivateAddress, lookupPublic} from '../../src/extension/shutdown-notifier/public-lookup.ts';
import {refuse} from '../../src/extension/shutdown-notifier/webhook.ts';

describe('addresses, before the name is looked up', () => {
  const https = 'only https is allowed';
  const literal = 'IP addresses are refused';

  test.each<[string, string | undefined, string | undefined]>([
    // On AWS, and beside the embedded one.
    ['https://webhook.site/secret', undefined, undefined],
    ['http://webhook.site/secret', https, https],
    ['ftp://webhook.site/secret', https, https],
    ['https://user@webhook.site/', 'user info in the URL is refused', 'user info in the URL is refused'],
    ['https://:word@webhook.site/', 'user info in the URL is refused', 'user info in the URL is refused'],
    ['https://8.8.8.8/', literal, undefined],
    ['https://[2606:4700::1111]/', literal, undefined],
    ['https://10.0.0.1/', literal, 'private address'],
    ['https://169.254.169.254/latest', literal, 'private address'],
    ['https://2852039166/', literal, 'private address'],
    ['https://0xa9.0xfe.0xa9.0xfe/', literal, 'private address'],
    ['https://[::ffff:169.254.169.254]/', literal, 'private address'],
    ['http://127.0.0.1:8080/', https, undefined],
    ['http://localhost:8080/', https, undefined],
    ['http://[::1]:8080/', https, undefined],
    ['http://127.0.0.1.example.com/', https, https],
    ['http://user@127.0.0.1/', 'user info in the URL is refused', 'user info in the URL is refused'],
    ['ftp://127.0.0.1/', https, https],
  ])('%s', (url, onAws, onLocal) => {
    expect(refuse(new URL(url), false)).toBe(onAws);
    expect(refuse(new URL(url), true)).toBe(onLocal);
  });
});

test.each<[string, boolean]>([
  ['8.8.8.8', false],
  ['172.15.255.255', false],
  ['172.16.0.0', true],
  ['172.31.255.255', true],
  ['172.32.0.0', false],
  ['100.64.0.1', true],
  ['100.128.0.1', false],
  ['0.0.0.0', true],
  ['127.255.255.254', true],
  ['169.254.170.2', true],
  ['192.168.1.1', true],
  ['198.19.255.255', true],
  ['224.0.0.1', true],
  ['255.255.255.255', true],
  ['2606:4700:4700::1111', false],
  ['2a00:1450::1', false],
  ['::', true],
  ['::1', true],
  ['::ffff:10.0.0.1', true],
  ['::ffff:8.8.8.8', false],
  ['64:ff9b::a9fe:a9fe', true],
  ['2002:a9fe:a9fe::1', true],
  ['fd00:ec2::254', true],
  ['fe80::1', true],
  ['ff02::1', true],
])('%s is private: %s', (address, expected) => {
  expect(isPrivateAddress(address)).toBe(expected);
});

test.each([{all: true}, {all: false}, {}])(
  'a name with a private address is refused in both forms of lookup: %j',
  async options => {
    const error = await new Promise(resolve => lookupPublic('localhost', options, resolve));
    expect(error).toMatchObject({code: 'private address'});
  },
);

test('a lookup that hangs is not joined by others: the table needs a thread for its own', async () => {
  const look = () => new Promise(resolve => lookupPublic('localhost', {}, resolve));
  const first = look();
  expect(await look()).toMatchObject({code: 'the lookup before still hangs'});
  await first;
  expect(await look()).toMatchObject({code: 'private address'});
});
