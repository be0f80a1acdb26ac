import {createHash} from 'node:crypto';
import {mkdtempSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {createEnvironmentWatch, facts} from '../../src/functions/target/environment.ts';
import {page} from '../../src/functions/target/page.ts';
import {readRequest} from '../../src/functions/target/request.ts';
import {pageHeaders} from '../../src/functions/target/response-headers.ts';

describe('the request', () => {
  const http = (query: object | null) => ({requestContext: {}, queryStringParameters: query});

  test.each<[unknown, number]>([
    [http({sleepMs: '250'}), 250],
    [http({sleepMs: '5000'}), 5_000],
    [http({sleepMs: '5001'}), 5_000],
    [http({sleepMs: '999999999'}), 5_000],
    [http({sleepMs: '9'.repeat(400)}), 0],
    [http({sleepMs: '-1'}), 0],
    [http({sleepMs: '1e3'}), 0],
    [http({sleepMs: ''}), 0],
    [http({}), 0],
    [http(null), 0],
    [{sleepMs: 300}, 300],
    [{sleepMs: '300'}, 300],
    [{sleepMs: {}}, 0],
    [null, 0],
    ['text', 0],
    [[1], 0],
  ])('%j sleeps %i ms', (event, expected) => {
    expect(readRequest(event).sleepMs).toBe(expected);
  });

  test.each<[unknown, boolean, boolean]>([
    [{hang: true}, true, false],
    [{crash: true}, false, true],
    [{hang: 'true', crash: 1}, false, false],
    [{requestContext: {}, hang: true, crash: true}, false, false],
    [{requestContext: null, hang: true, crash: true}, false, false],
    [{...http({hang: 'true', crash: 'true'}), hang: true}, false, false],
  ])('%j: hang %s, crash %s', (event, hang, crash) => {
    expect(readRequest(event)).toMatchObject({hang, crash});
  });

  test('headers and authorizer come sorted, as text, and secrets hidden', () => {
    const request = readRequest({
      headers: {'X-B': 'b', Authorization: 'Bearer sesame', COOKIE: 'session=1', 'X-A': 7},
      requestContext: {authorizer: {principalId: 'user', integrationLatency: 12, nested: {a: 1}}},
    });
    expect(request.headers).toEqual({Authorization: '(hidden)', COOKIE: '(hidden)', 'X-A': '7', 'X-B': 'b'});
    expect(Object.keys(request.headers)).toEqual(['Authorization', 'COOKIE', 'X-A', 'X-B']);
    expect(request.authorizer).toEqual({principalId: 'user', integrationLatency: '12', nested: '{"a":1}'});
  });
});

describe('the page', () => {
  const hostile = `<img src=x onerror='alert("1")'>&amp;`;
  const escaped = '&lt;img src=x onerror=&#39;alert(&quot;1&quot;)&#39;&gt;&amp;amp;';
  const seen = {environmentId: 'environment-1', invocation: 3, cold: false};

  test('names the environment', () => {
    const html = page({seen, requestId: 'request-1', headers: {}, authorizer: {}});
    expect(html).toContain('<h1>✅ Success!</h1>');
    for (const [name, value] of [
      ['Environment', 'environment-1'],
      ['Start', 'warm'],
      ['Invocation', '3'],
      ['Request ID', 'request-1'],
    ]) {
      expect(html).toContain(`<tr><th>${name}</th><td>${value}</td></tr>`);
    }
  });

  test.each([
    ['a header value', {headers: {'X-A': hostile}}],
    ['a header name', {headers: {[hostile]: 'a'}}],
    ['an authorizer value', {authorizer: {a: hostile}}],
    ['an authorizer key', {authorizer: {[hostile]: 'a'}}],
    ['a request id', {requestId: hostile}],
    ['an environment id', {seen: {...seen, environmentId: hostile}}],
  ])('escapes %s', (_, changes) => {
    const html = page({seen, requestId: 'request-1', headers: {}, authorizer: {}, ...changes});
    expect(html).toContain(escaped);
    expect(html).not.toContain('<img');
  });

  test('its policy allows the one style sheet by digest, and the page has no script', () => {
    const html = page({seen, requestId: '', headers: {}, authorizer: {}});
    const sheet = /<style>(.*)<\/style>/s.exec(html)?.[1] ?? '';
    const digest = createHash('sha256').update(sheet).digest('base64');
    expect(pageHeaders['content-security-policy']).toBe(
      `default-src 'none'; style-src 'sha256-${digest}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    );
    expect(pageHeaders['x-content-type-options']).toBe('nosniff');
    expect(html).not.toMatch(/<script| style=| on\w+=/);
  });
});

describe('the environment', () => {
  const id = '3f6c1f0e-5d0b-4a3c-9b1e-0a1b2c3d4e5f';
  let folder: string;
  const file = () => join(folder, 'lifecycle-environment.json');
  const store = (value: unknown) => writeFileSync(file(), JSON.stringify(value));

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'target-'));
  });
  afterEach(() => rmSync(folder, {recursive: true, force: true}));

  test('is read in the invocation, whether the extension has counted it yet or not', () => {
    const observe = createEnvironmentWatch(folder);
    store({environmentId: id, invocation: 4, lastRequestId: 'before'});
    expect(observe('first')).toEqual({environmentId: id, invocation: 5, cold: true});
    store({environmentId: id, invocation: 6, lastRequestId: 'second'});
    expect(observe('second')).toEqual({environmentId: id, invocation: 6, cold: false});
  });

  test('without the extension it has an id of its own and counts for itself', () => {
    const observe = createEnvironmentWatch(folder);
    const first = observe('first');
    expect(first).toMatchObject({environmentId: expect.stringMatching(/^[0-9a-f-]{36}$/), invocation: 1, cold: true});
    expect(observe('second')).toEqual({environmentId: first.environmentId, invocation: 2, cold: false});
  });

  test.each<[string, () => void]>([
    ['not JSON', () => writeFileSync(file(), '{')],
    ['null', () => store(null)],
    ['an id that would break a header', () => store({environmentId: `${id}\r\nx: y`, invocation: 1})],
    ['a count that is none', () => store({environmentId: id, invocation: '1'})],
    ['too long', () => store({environmentId: id, invocation: 1, padding: 'x'.repeat(5_000)})],
    ['a link', () => symlinkSync('/etc/hostname', file())],
  ])('distrusts a file that is %s', (_, prepare) => {
    prepare();
    const seen = createEnvironmentWatch(folder)('first');
    expect(seen.environmentId).not.toContain(id);
    expect(seen.invocation).toBe(1);
  });

  test('its facts are headers; the init time on a cold start only', () => {
    const context = {awsRequestId: 'request-1', logStreamName: 'stream-1'};
    const cold = facts({environmentId: id, invocation: 1, cold: true}, 42, context);
    expect(cold).toEqual({
      'x-lifecycle-environment': id,
      'x-lifecycle-invocation': '1',
      'x-lifecycle-cold': 'true',
      'x-lifecycle-init-ms': '42',
      'x-lifecycle-log-stream': 'stream-1',
      'x-lifecycle-request-id': 'request-1',
    });
    expect(facts({environmentId: id, invocation: 2, cold: false}, 42, context)).not.toHaveProperty(
      'x-lifecycle-init-ms',
    );
  });
});
