import {expect} from 'vitest';
import {echoRoute, error, type Sample} from './sample.ts';

/** As API Gateway's REST APIs send it; `changes` to the event's own members. */
export function version1(method: string, path: string, changes: Record<string, unknown> = {}) {
  return {
    resource: path,
    path,
    httpMethod: method,
    headers: {Host: 'abc.execute-api.eu-west-1.amazonaws.com', 'User-Agent': 'curl/8.5.0', Accept: '*/*'},
    multiValueHeaders: {
      Host: ['abc.execute-api.eu-west-1.amazonaws.com'],
      'User-Agent': ['curl/8.5.0'],
      Accept: ['*/*'],
    },
    queryStringParameters: null,
    multiValueQueryStringParameters: null,
    pathParameters: null,
    stageVariables: null,
    requestContext: {
      ...{resourcePath: path, httpMethod: method, path: `/prod${path}`, stage: 'prod', apiId: 'abc'},
      ...{protocol: 'HTTP/1.1', requestId: 'gateway-1', identity: {sourceIp: '203.0.113.7', apiKey: null}},
      authorizer: {principalId: 'user', authorizerInfo: 'Default allow policy', integrationLatency: 12},
    },
    body: null,
    isBase64Encoded: false,
    ...changes,
  };
}

const withHeaders = (headers: Record<string, string[]>) => ({
  headers: Object.fromEntries(Object.entries(headers).map(([name, all]) => [name, all.at(-1)])),
  multiValueHeaders: headers,
});

const json = (body: string, type = 'application/json') => ({...withHeaders({'Content-Type': [type]}), body});
const png = Buffer.from('89504e470d0a1a0a0000000d', 'hex');

export const version1Samples: Sample[] = [
  {
    name: 'GET /hello',
    event: version1('GET', '/hello'),
    ...{status: 200, type: 'html', route: 'GET /hello'},
    body: ['<h1>✅ Success!', '<dd>curl/8.5.0</dd>', '<dd>Default allow policy</dd>', '<dd>12</dd>'],
  },
  {
    name: 'a slash at the end',
    event: version1('GET', '/hello/'),
    ...{status: 200, type: 'html', route: 'GET /hello'},
    body: ['<h1>✅ Success!'],
  },
  {
    name: 'GET /info/version',
    event: version1('GET', '/info/version'),
    ...{status: 200, type: 'json', route: 'GET /info/version'},
    body: {
      name: 'lifecycle-tui',
      version: expect.any(String),
      runtime: 'nodejs24.x',
      node: process.version,
      region: 'eu-west-1',
    },
  },
  {
    name: 'GET /info/health',
    event: version1('GET', '/info/health'),
    ...{status: 200, type: 'json', route: 'GET /info/health'},
    body: {
      status: 'ok',
      uptimeMs: expect.any(Number),
      memory: {usedMb: expect.any(Number), limitMb: 256},
      environmentId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      invocation: 1,
      cold: true,
      requestId: 'request-1',
    },
  },
  {
    name: 'echo of values that come several times',
    event: version1('POST', '/api/echo', {
      ...withHeaders({'X-Two': ['a', 'b'], 'x-two': ['c'], Cookie: ['theme=dark; session="s3cr3t"', 'theme=light']}),
      queryStringParameters: {tag: 'b', empty: ''},
      multiValueQueryStringParameters: {tag: ['a', 'b'], empty: ['']},
    }),
    ...{status: 200, type: 'json', route: echoRoute},
    body: {
      method: 'POST',
      path: '/api/echo',
      eventVersion: '1.0',
      query: {tag: ['a', 'b'], empty: ['']},
      headers: {'x-two': ['a', 'b', 'c'], cookie: ['(hidden)', '(hidden)']},
      cookies: {theme: ['(hidden)', '(hidden)'], session: ['(hidden)']},
      body: null,
    },
  },
  {
    name: 'echo where only the single values are there, as the console’s test sends them',
    event: version1('POST', '/api/echo', {
      ...{headers: {'X-One': 'a'}, multiValueHeaders: null},
      ...{queryStringParameters: {tag: 'a'}, multiValueQueryStringParameters: undefined},
    }),
    ...{status: 200, type: 'json', route: echoRoute},
    body: {query: {tag: ['a']}, headers: {'x-one': ['a']}},
  },
  {
    name: 'echo with secrets in headers and query',
    event: version1('POST', '/api/echo', {
      ...withHeaders({Authorization: ['Bearer s3cr3t'], 'X-Api-Key': ['s3cr3t'], 'X-Amz-Security-Token': ['s3cr3t']}),
      multiValueQueryStringParameters: {access_token: ['s3cr3t'], name: ['open']},
    }),
    ...{status: 200, type: 'json', route: echoRoute},
    body: {
      headers: {authorization: ['(hidden)'], 'x-api-key': ['(hidden)'], 'x-amz-security-token': ['(hidden)']},
      query: {access_token: ['(hidden)'], name: ['open']},
    },
  },
  {
    name: 'echo of JSON',
    event: version1(
      'POST',
      '/api/echo',
      json('{"a":[1,"ü",null],"__proto__":{"b":2}}', 'application/json; charset=utf-8'),
    ),
    ...{status: 200, type: 'json', route: echoRoute},
    body: {body: {kind: 'json', bytes: 39, value: JSON.parse('{"a":[1,"ü",null],"__proto__":{"b":2}}')}},
  },
  {
    name: 'echo of a type that ends in +json, base64',
    event: version1('POST', '/api/echo', {
      ...json(Buffer.from('[true]').toString('base64'), 'application/problem+json'),
      isBase64Encoded: true,
    }),
    ...{status: 200, type: 'json', route: echoRoute},
    body: {isBase64Encoded: true, body: {kind: 'json', bytes: 6, value: [true]}},
  },
  {
    name: 'echo of text',
    event: version1('POST', '/api/echo', json('{"a":1} <b>&</b>', 'text/plain')),
    ...{status: 200, type: 'json', route: echoRoute},
    body: {body: {kind: 'text', bytes: 16, value: '{"a":1} <b>&</b>'}},
  },
  {
    name: 'echo of binary',
    event: version1('POST', '/api/echo', {
      ...json(png.toString('base64'), 'image/png'),
      isBase64Encoded: true,
    }),
    ...{status: 200, type: 'json', route: echoRoute},
    body: {
      body: {
        kind: 'binary',
        bytes: 12,
        sha256: '218ad85a233eff829618a6865ab681222b734c62d35a32b3eabd5c37d8945f86',
      },
    },
  },
  {
    name: 'echo of malformed JSON',
    event: version1('POST', '/api/echo', json('{"a":')),
    ...{status: 400, type: 'json', route: echoRoute},
    body: error('malformed_json'),
  },
  {
    name: 'echo of JSON that is not UTF-8',
    event: version1('POST', '/api/echo', {
      ...json(Buffer.from([0x22, 0xff, 0x22]).toString('base64')),
      isBase64Encoded: true,
    }),
    ...{status: 400, type: 'json', route: echoRoute},
    body: error('malformed_json'),
  },
  {
    name: 'echo of JSON that is nested too deeply to be told again',
    event: version1('POST', '/api/echo', json(`${'['.repeat(100_000)}${']'.repeat(100_000)}`)),
    ...{status: 400, type: 'json', route: echoRoute},
    body: error('malformed_json'),
  },
  {
    name: 'echo of JSON that is compressed',
    event: version1('POST', '/api/echo', {
      ...withHeaders({'Content-Type': ['application/json'], 'Content-Encoding': ['gzip']}),
      ...{body: 'H4sIAAAAAAAAA6tWSlSyMqwFAOdR9FIHAAAA', isBase64Encoded: true},
    }),
    ...{status: 415, type: 'json', route: echoRoute},
    body: error('unsupported_encoding'),
  },
  {
    name: 'an unknown path',
    event: version1('GET', '/nowhere'),
    ...{status: 404, type: 'json', route: 'none'},
    body: error('not_found'),
  },
  {
    name: 'a path of the language’s own',
    event: version1('GET', '/__proto__'),
    ...{status: 404, type: 'json', route: 'none'},
    body: error('not_found'),
  },
  {
    name: 'another method',
    event: version1('DELETE', '/hello'),
    ...{status: 405, type: 'json', route: 'none', headers: {allow: 'GET'}},
    body: error('method_not_allowed'),
  },
  {
    name: 'GET where it is POST, with a slash at the end',
    event: version1('GET', '/api/echo/'),
    ...{status: 405, type: 'json', route: 'none', headers: {allow: 'POST'}},
    body: error('method_not_allowed'),
  },
  {
    name: 'a load balancer’s, which has less in it',
    event: {
      requestContext: {elb: {targetGroupArn: 'arn:target'}},
      ...{httpMethod: 'GET', path: '/info/health', queryStringParameters: {}, headers: {host: 'lb'}},
      ...{body: '', isBase64Encoded: false},
    },
    ...{status: 200, type: 'json', route: 'GET /info/health'},
    body: {status: 'ok'},
  },
];
