import {describe, expect, test} from 'vitest';
import {directSamples} from './events/direct.ts';
import {malformedSamples} from './events/malformed.ts';
import {oversizedSamples} from './events/oversized.ts';
import type {Sample} from './events/sample.ts';
import {version1, version1Samples} from './events/version-1.ts';
import {version2, version2Samples} from './events/version-2.ts';
import {invoked} from './invoked.ts';

const tables: Record<string, Sample[]> = {
  'a REST API’s event': version1Samples,
  'an event of payload format 2.0': version2Samples,
  'a direct Invoke': directSamples,
  'no event at all': malformedSamples,
  'a body that is too large': oversizedSamples,
};
const types = {html: 'text/html; charset=utf-8', json: 'application/json; charset=utf-8'};
const anyDigest =
  /^default-src 'none'; (?:style-src 'sha256-[\w+/]{43}='; base-uri 'none'; form-action 'none'; )?frame-/;

for (const [what, samples] of Object.entries(tables)) {
  describe(what, () => {
    test.each(samples)('$name: $status', async ({event, status, type, route, body, headers}) => {
      const {answer, lines, errors} = await invoked([event]);
      expect(answer.statusCode).toBe(status);
      expect(answer.headers).toMatchObject({
        'content-type': types[type],
        'content-security-policy': expect.stringMatching(anyDigest),
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-store',
        'x-lifecycle-environment': expect.stringMatching(/^[0-9a-f-]{36}$/),
        'x-lifecycle-invocation': '1',
        'x-lifecycle-cold': 'true',
        'x-lifecycle-init-ms': expect.stringMatching(/^\d+$/),
        'x-lifecycle-log-stream': 'stream-1',
        'x-lifecycle-request-id': 'request-1',
        ...headers,
      });
      if (Array.isArray(body)) for (const text of body) expect(answer.body).toContain(text);
      else expect(JSON.parse(answer.body)).toMatchObject(body);
      expect(answer.body).not.toContain('s3cr3t');
      expect([...lines, ...errors].join('\n')).not.toContain('s3cr3t');
      expect(errors).toEqual([]);
      expect(lines[0]).toBe('Target function invoked');
      expect(JSON.parse(lines.at(-1)!)).toEqual({
        level: 'INFO',
        message: 'Request answered',
        requestId: 'request-1',
        route,
        status,
        durationMs: expect.any(Number),
        memoryUsedMb: expect.any(Number),
        cold: true,
        invocation: 1,
      });
    });
  });
}

test('an answer with an error tells nothing but its code, its message and the request', async () => {
  const {answer} = await invoked([version1('GET', '/nowhere')]);
  const {error} = JSON.parse(answer.body);
  expect(Object.keys(error)).toEqual(['code', 'message', 'requestId']);
});

test('the fixed lines and the structured one, in this order; the second request is warm', async () => {
  const {answers, lines} = await invoked([version1('GET', '/hello'), version2('GET', '/info/health')]);
  expect(lines.map(line => (line.startsWith('{') ? JSON.parse(line).route : line))).toEqual([
    'Target function invoked',
    'Processing request...',
    'GET /hello',
    'Target function invoked',
    'Processing request...',
    'GET /info/health',
  ]);
  expect(answers[1]!.headers).toMatchObject({'x-lifecycle-cold': 'false', 'x-lifecycle-invocation': '2'});
  expect(answers[1]!.headers).not.toHaveProperty('x-lifecycle-init-ms');
});

describe('a route that fails', () => {
  const secret = new TypeError('cannot read s3cr3t of undefined');
  const failing = (answer: () => never | Promise<never>) => ({
    routes: [{method: 'GET', path: '/fails', answer}] as const,
  });

  test.each<[string, () => never | Promise<never>]>([
    [
      'at once',
      () => {
        throw secret;
      },
    ],
    [
      'later',
      async () => {
        await Promise.resolve();
        throw secret;
      },
    ],
  ])('%s is 500 without internals, and its stack is in the log alone', async (_, answer) => {
    const result = await invoked([version1('GET', '/fails')], failing(answer));
    expect(result.answer.statusCode).toBe(500);
    expect(JSON.parse(result.answer.body)).toEqual({
      error: {code: 'internal_error', message: 'The request failed.', requestId: 'request-1'},
    });
    expect(result.answer.headers).toMatchObject({'x-lifecycle-cold': 'true'});
    expect(result.errors).toHaveLength(1);
    expect(JSON.parse(result.errors[0]!)).toEqual({
      level: 'ERROR',
      message: 'Request failed',
      requestId: 'request-1',
      error: {name: 'TypeError', message: secret.message, stack: secret.stack},
    });
    expect(JSON.parse(result.lines.at(-1)!)).toMatchObject({status: 500, route: 'GET /fails'});
  });

  test('with what is no error is 500 as well', async () => {
    const {answer, errors} = await invoked(
      [version1('GET', '/fails')],
      failing(() => {
        throw 'a text';
      }),
    );
    expect(answer.statusCode).toBe(500);
    expect(JSON.parse(errors[0]!)).toMatchObject({error: {message: 'a text'}});
  });
});

describe('debug mode', () => {
  const event = version1('POST', '/api/echo', {
    headers: {Authorization: 'Bearer s3cr3t', Cookie: 'a=s3cr3t', 'X-Open': 'seen'},
    multiValueHeaders: {Authorization: ['Bearer s3cr3t'], Cookie: ['a=s3cr3t'], 'X-Open': ['seen']},
    queryStringParameters: {token: 's3cr3t', name: 'open'},
    body: 'password=s3cr3t',
  });

  test.each(['1', 'true'])('%s: the log has the event without its secrets, and the answer says so', async value => {
    const {answer, lines} = await invoked([event], {more: {LIFECYCLE_DEBUG: value}});
    expect(answer.headers).toMatchObject({'X-Debug-Mode': 'true'});
    expect(lines.join('\n')).not.toContain('s3cr3t');
    const line = JSON.parse(lines.find(each => each.includes('Raw event'))!);
    expect(line).toMatchObject({
      level: 'DEBUG',
      requestId: 'request-1',
      event: {
        httpMethod: 'POST',
        headers: {Authorization: '(hidden)', Cookie: '(hidden)', 'X-Open': 'seen'},
        multiValueHeaders: {Authorization: '(hidden)', 'X-Open': ['seen']},
        queryStringParameters: {token: '(hidden)', name: 'open'},
        requestContext: {identity: {apiKey: null}},
        body: '(15 characters)',
        multiValueQueryStringParameters: null,
      },
    });
  });

  test('of format 2.0: cookies and the raw query', async () => {
    const raw = version2('GET', '/hello', {cookies: ['a=s3cr3t'], rawQueryString: 'a=1&api_key=s3cr3t&b=2'});
    const {lines} = await invoked([raw], {more: {LIFECYCLE_DEBUG: '1'}});
    expect(lines.join('\n')).not.toContain('s3cr3t');
    expect(JSON.parse(lines[1]!).event).toMatchObject({
      cookies: '(hidden)',
      rawQueryString: 'a=1&api_key=(hidden)&b=2',
    });
  });

  test('says of what failed that it was on', async () => {
    const {answer} = await invoked(['x'], {more: {LIFECYCLE_DEBUG: '1'}});
    expect(answer).toMatchObject({statusCode: 400, headers: {'X-Debug-Mode': 'true'}});
  });

  test('of an event that goes on and on, the log has the beginning', async () => {
    let deep: unknown = 's3cr3t';
    for (let at = 0; at < 50_000; at++) deep = [deep];
    const {answer, lines} = await invoked([{deep}], {more: {LIFECYCLE_DEBUG: '1'}});
    expect(answer.statusCode).toBe(200);
    expect(lines[1]).toContain('(nested deeper)');
  });

  test.each(['', '0', 'false', 'no'])('%j is off', async value => {
    const {answer, lines} = await invoked([event], {more: {LIFECYCLE_DEBUG: value}});
    expect(answer.headers).not.toHaveProperty('X-Debug-Mode');
    expect(lines.join('\n')).not.toContain('Raw event');
  });
});
