import {expect} from 'vitest';
import {echoRoute, error, type Sample} from './sample.ts';

/** As HTTP APIs and function URLs send it; `changes` to the event's own members. */
export function version2(method: string, path: string, changes: Record<string, unknown> = {}) {
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: '',
    headers: {host: 'abc.lambda-url.eu-west-1.on.aws', 'user-agent': 'curl/8.5.0'},
    requestContext: {
      ...{accountId: 'anonymous', apiId: 'abc', stage: '$default', requestId: 'gateway-1'},
      http: {method, path, protocol: 'HTTP/1.1', sourceIp: '203.0.113.7', userAgent: 'curl/8.5.0'},
    },
    isBase64Encoded: false,
    ...changes,
  };
}

const ofStage = (stage: string, method: string, path: string) => {
  const event = version2(method, path);
  return {...event, requestContext: {...event.requestContext, stage}};
};

export const version2Samples: Sample[] = [
  {
    name: 'GET /hello',
    event: version2('GET', '/hello', {cookies: ['session=s3cr3t']}),
    ...{status: 200, type: 'html', route: 'GET /hello'},
    body: ['<h1>✅ Success!', '<dd>curl/8.5.0</dd>'],
  },
  {
    name: 'a stage with a name, which is part of the path',
    event: ofStage('prod', 'GET', '/prod/info/health'),
    ...{status: 200, type: 'json', route: 'GET /info/health'},
    body: {status: 'ok', requestId: 'request-1'},
  },
  {
    name: 'a path that only begins like the stage',
    event: ofStage('prod', 'GET', '/products'),
    ...{status: 404, type: 'json', route: 'none'},
    body: error('not_found'),
  },
  {
    name: 'a path that begins like the name of the stage that is part of none',
    event: version2('GET', '/$default/hello'),
    ...{status: 404, type: 'json', route: 'none'},
    body: error('not_found'),
  },
  {
    name: 'GET /info/version',
    event: version2('GET', '/info/version'),
    ...{status: 200, type: 'json', route: 'GET /info/version'},
    body: {name: 'lifecycle-tui', runtime: 'nodejs24.x', region: 'eu-west-1'},
  },
  {
    name: 'echo with cookies, values that come several times, and commas that separate nothing',
    event: version2('POST', '/api/echo', {
      cookies: ['theme=dark', 'session=s3cr3t', 'noname'],
      rawQueryString: 'tag=a&tag=b%20c&token=s3cr3t&list=1,2',
      queryStringParameters: {tag: 'a,b c', token: 's3cr3t', list: '1,2'},
      headers: {'content-type': 'application/json', date: 'Sat, 21 Nov 2026 08:00:00 GMT'},
      body: '{"a":1}',
    }),
    ...{status: 200, type: 'json', route: echoRoute},
    body: {
      method: 'POST',
      path: '/api/echo',
      eventVersion: '2.0',
      query: {tag: ['a', 'b c'], token: ['(hidden)'], list: ['1,2']},
      headers: {'content-type': ['application/json'], date: ['Sat, 21 Nov 2026 08:00:00 GMT']},
      cookies: {theme: ['(hidden)'], session: ['(hidden)']},
      body: {kind: 'json', bytes: 7, value: {a: 1}},
    },
  },
  {
    name: 'echo of a form, base64 as HTTP APIs send it',
    event: version2('POST', '/api/echo', {
      headers: {'content-type': 'application/x-www-form-urlencoded'},
      ...{body: Buffer.from('a=1&b=ü').toString('base64'), isBase64Encoded: true},
    }),
    ...{status: 200, type: 'json', route: echoRoute},
    body: {isBase64Encoded: true, body: {kind: 'text', bytes: 8, value: 'a=1&b=ü'}},
  },
  {
    name: 'what a JWT authorizer left',
    event: version2('GET', '/hello', {
      requestContext: {
        ...version2('GET', '/hello').requestContext,
        authorizer: {jwt: {claims: {sub: 'somebody'}, scopes: null}},
      },
    }),
    ...{status: 200, type: 'html', route: 'GET /hello'},
    body: ['<dt>jwt</dt>', 'somebody'],
  },
  {
    name: 'what a Lambda authorizer left',
    event: version2('GET', '/hello', {
      requestContext: {
        ...version2('GET', '/hello').requestContext,
        authorizer: {lambda: {authorizerInfo: 'Token accepted', apiToken: 's3cr3t'}},
      },
    }),
    ...{status: 200, type: 'html', route: 'GET /hello'},
    body: ['<dt>authorizerInfo</dt><dd>Token accepted</dd>', '<dt>apiToken</dt><dd>(hidden)</dd>'],
  },
  {
    name: 'an unknown path',
    event: version2('GET', '/'),
    ...{status: 404, type: 'json', route: 'none'},
    body: error('not_found'),
  },
  {
    name: 'another method',
    event: version2('PUT', '/api/echo', {body: 'x'}),
    ...{status: 405, type: 'json', route: 'none', headers: {allow: 'POST'}},
    body: {error: {code: 'method_not_allowed', message: expect.stringContaining('POST'), requestId: 'request-1'}},
  },
];
