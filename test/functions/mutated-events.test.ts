import {validateHeaderName, validateHeaderValue} from 'node:http';
import {expect, test} from 'vitest';
import {type AuthorizerAnswer, authorize} from '../../src/functions/authorizer/authorize.ts';
import {naming, numbers} from '../support/seed.ts';
import {version1} from './events/version-1.ts';
import {version2} from './events/version-2.ts';
import {invoked} from './invoked.ts';

const random = numbers();
const below = (limit: number) => Math.floor(random() * limit);
const oneOf = <T>(values: readonly T[]): T => values[below(values.length)]!;

const methodArn = 'arn:aws:execute-api:eu-west-1:000000000000:abc/prod/GET/hello';
const json = {'content-type': 'application/json', Cookie: 'a=1; b="2"', Authorization: 'open'};
const samples: object[] = [
  version1('GET', '/hello', {multiValueQueryStringParameters: {a: ['1', '2']}}),
  version1('POST', '/api/echo', {headers: json, multiValueHeaders: null, body: '{"a":[1,{"b":null}]}'}),
  version1('POST', '/api/echo', {body: 'AAEC/w==', isBase64Encoded: true}),
  version2('GET', '/info/version', {cookies: ['a=1'], rawQueryString: 'a=1&b=%F0%9F%98%80'}),
  version2('POST', '/api/echo', {headers: json, body: '[true]'}),
  {...version1('GET', '/hello', {headers: json}), type: 'REQUEST', methodArn},
  {type: 'TOKEN', authorizationToken: 'open', methodArn},
  {...version2('GET', '/hello', {headers: json}), type: 'REQUEST', routeArn: methodArn, identitySource: ['open']},
];

const texts = ['', '/', '2.0', 'GET', 'sesam', '\r\nX: y', '\u0000', '\ud800', '%', '<script>', '__proto__', '99'];
const strange = (): unknown =>
  oneOf([
    () => null,
    () => undefined,
    () => oneOf(texts),
    () => below(3) - 1,
    () => random() < 0.5,
    () => [oneOf(texts), null, {}],
    () => ({[oneOf(texts)]: oneOf(texts)}),
    () => structuredClone(oneOf(samples)),
  ])();

type Container = Record<string, unknown>;

/** Every object and list in an event, itself included. */
function containers(value: unknown): Container[] {
  if (typeof value !== 'object' || value === null) return [];
  return [value as Container, ...Object.values(value).flatMap(containers)];
}

/** A sample with one to three things in it removed, replaced or added. */
function mutated(): unknown {
  const event = structuredClone(oneOf(samples));
  for (let at = below(3); at >= 0; at -= 1) {
    const container = oneOf(containers(event));
    const name = oneOf([...Object.keys(container), 'extra', oneOf(texts)]);
    if (random() < 0.3) delete container[name];
    // `__proto__` as a name of its own, as JSON has it.
    else
      Object.defineProperty(container, name, {value: strange(), enumerable: true, configurable: true, writable: true});
  }
  return random() < 0.02 ? strange() : event;
}

test('the target answers whatever it is sent, in a form that API Gateway takes', async () => {
  for (let turn = 0; turn < 1_000; turn += 1) {
    const event = mutated();
    await naming({event}, async () => {
      const {answer, lines, errors} = await invoked([event], {more: {LIFECYCLE_DEBUG: oneOf(['', '1'])}});
      expect(Object.keys(answer).sort()).toEqual(['body', 'headers', 'statusCode']);
      expect([200, 400, 404, 405, 413, 415]).toContain(answer.statusCode);
      for (const [name, value] of Object.entries(answer.headers)) {
        validateHeaderName(name);
        validateHeaderValue(name, value);
      }
      const {body} = answer;
      if (answer.headers['content-type']!.includes('json')) JSON.parse(body);
      else expect(body).not.toMatch(/<script|<img/);
      expect(errors).toEqual([]);
      for (const line of lines) expect(line).not.toMatch(/[\r\n]/);
    });
  }
});

test('the authorizer never throws, and allows nobody without the token', async () => {
  for (let turn = 0; turn < 1_000; turn += 1) {
    const event = mutated();
    await naming({event}, async () => {
      expect(isAllowed(authorize(event, 'sesame'))).toBe(false);
      const open = authorize(event, undefined);
      if (!isAllowed(open) || !('policyDocument' in open)) return;
      const [statement] = open.policyDocument.Statement;
      expect(statement).toMatchObject({Resource: expect.stringMatching(/^arn:aws:execute-api:/)});
    });
  }
});

function isAllowed(answer: AuthorizerAnswer): boolean {
  if ('isAuthorized' in answer) return answer.isAuthorized;
  return answer.policyDocument.Statement.some(({Effect}) => Effect === 'Allow');
}
