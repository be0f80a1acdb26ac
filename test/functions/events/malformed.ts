import {echoRoute, error, type Sample} from './sample.ts';
import {version1} from './version-1.ts';
import {version2} from './version-2.ts';

const refused = (name: string, event: unknown): Sample => ({
  name,
  event,
  ...{status: 400, type: 'json', route: 'none'},
  body: error('invalid_event'),
});

const refusedByEcho = (name: string, event: unknown): Sample => ({...refused(name, event), route: echoRoute});

/** What no service of AWS sends. */
export const malformedSamples: Sample[] = [
  refused('null', null),
  refused('a text', 'GET /hello'),
  refused('a number', 7),
  refused('a list', [version1('GET', '/hello')]),
  refused('a context without a method', {requestContext: {}}),
  refused('a context that is null, and a hang', {requestContext: null, hang: true, crash: true}),
  refused('a context that is a text', {requestContext: 'x', crash: true}),
  refused('a method that is none', {...version1('GET', '/hello'), httpMethod: 7}),
  refused('a method in lower case', version1('get', '/hello')),
  refused('a method that would break a line', version1('GET\r\nX: y', '/hello')),
  refused('no path', {httpMethod: 'GET', requestContext: {}}),
  refused('a path that begins with nothing', version1('GET', 'hello')),
  refused('2.0 without a context', {version: '2.0', rawPath: '/hello'}),
  refused('2.0 without a method', {version: '2.0', rawPath: '/hello', requestContext: {http: {}}}),
  refused('2.0 with a path that is a number', {...version2('GET', '/hello'), rawPath: 5}),
  refused('2.0 with a list for its context', {version: '2.0', rawPath: '/hello', requestContext: []}),
  refusedByEcho('a body that is an object', version1('POST', '/api/echo', {body: {a: 1}})),
  refusedByEcho(
    'a body that is not the base64 it is said to be',
    version2('POST', '/api/echo', {
      ...{body: 'no base64!', isBase64Encoded: true},
    }),
  ),
  {
    name: 'members of the wrong types are as if they were not there',
    event: version1('POST', '/api/echo', {
      ...{headers: 'x', multiValueHeaders: [1], queryStringParameters: 7, multiValueQueryStringParameters: 'x'},
      ...{requestContext: 'x', isBase64Encoded: 'yes', body: 'text'},
    }),
    ...{status: 200, type: 'json', route: echoRoute},
    body: {query: {}, headers: {}, cookies: {}, isBase64Encoded: false, body: {kind: 'text', value: 'text'}},
  },
];
