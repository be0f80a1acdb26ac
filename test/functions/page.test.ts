import {createHash} from 'node:crypto';
import {describe, expect, test} from 'vitest';
import {expectedEnd} from '../../src/functions/target/expected-end.ts';
import {lifeBar} from '../../src/functions/target/life-bar.ts';
import {page} from '../../src/functions/target/page.ts';
import {pagePolicy} from '../../src/functions/target/page-style.ts';
import {clockText, durationText} from '../../src/functions/target/time-text.ts';

const hostile = `<img src=x onerror='alert("1")'>&amp;`;
const escaped = '&lt;img src=x onerror=&#39;alert(&quot;1&quot;)&#39;&gt;&amp;amp;';
const at = Date.parse('2026-11-21T08:00:00.000Z');
const seen = {environmentId: 'environment-1', invocation: 3, cold: false, at, ageMs: 65_000, sinceLastMs: 12_345};
const end = {kind: 'window', earlyMs: 328_000, lateMs: 400_000} as const;
const facts = {seen, initMs: 123, end, requestId: 'request-1', headers: {}, authorizer: {}};

test('names the environment, its age, its start, and when it is expected to go', () => {
  const html = page(facts);
  expect(html).toMatch(/^<!doctype html><html lang="en">/);
  expect(html).toContain('<h1>✅ Success!<span class="start warm">warm start</span></h1>');
  for (const [term, value] of [
    ['Environment', 'environment-1'],
    ['Request ID', 'request-1'],
    ['Invocation', '3'],
    ['Start', 'warm'],
    ['Age', '1 min 5 s'],
    ['Since the last request', '12.3 s'],
    ['Init', '123 ms'],
  ]) {
    expect(html).toContain(`<dt>${term}</dt><dd>${value}</dd>`);
  }
  expect(html).toContain('<span>started</span> <b>07:58:55</b>');
  expect(html).toContain('<span>now</span> <b>08:00:00 UTC</b>');
  expect(html).toContain('<span>expected to go</span> <b>08:05:28 – 08:06:40</b>');
  expect(html).toContain('Published lifetimes are 5 min 28 s to 6 min 40 s.');
});

test('says what it does not know', () => {
  const {sinceLastMs: _, ...first} = seen;
  const html = page({...facts, seen: {...first, cold: true}, end: {kind: 'unknown', why: hostile}});
  expect(html).toContain('<dt>Since the last request</dt><dd>not known</dd>');
  expect(html).toContain('<span>expected to go</span> <b>not known</b>');
  expect(html).toContain(escaped);
  expect(page({...facts, seen: {...first, invocation: 1}})).toContain('<dd>first one</dd>');
});

test.each([
  ['a header value', {headers: {'X-A': hostile}}],
  ['a header name', {headers: {[hostile]: 'a'}}],
  ['an authorizer value', {authorizer: {a: hostile}}],
  ['an authorizer key', {authorizer: {[hostile]: 'a'}}],
  ['a request id', {requestId: hostile}],
  ['an environment id', {seen: {...seen, environmentId: hostile}}],
])('escapes %s', (_, changes) => {
  const html = page({...facts, ...changes});
  expect(html).toContain(escaped);
  expect(html).not.toContain('<img');
});

test('its policy allows the one style sheet by digest, and the page has nothing else that it would not', () => {
  const html = page({...facts, headers: {a: 'b'}});
  const sheet = /<style>(.*)<\/style>/s.exec(html)?.[1] ?? '';
  const digest = createHash('sha256').update(sheet).digest('base64');
  expect(pagePolicy).toBe(
    `default-src 'none'; style-src 'sha256-${digest}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  );
  expect(html).not.toMatch(/<script|<link|<img|<form|<iframe| style=| on\w+=/);
});

describe('the bar', () => {
  const rectangles = (html: string) =>
    Object.fromEntries(
      [...html.matchAll(/class="(\w+)" x="([\d.]+)" y="0" width="([\d.]+)"/g)].map(([, name, x, width]) => [
        name,
        [Number(x), Number(x) + Number(width)],
      ]),
    );

  test.each<[string, Parameters<typeof lifeBar>[0], object]>([
    [
      'in true proportion',
      {ageMs: 100_000, initMs: 1_000, cold: false, end},
      {alive: [0, 200], window: [200 + 800 * 0.82, 1_000], now: [198, 202]},
    ],
    [
      'of one that is just born',
      {ageMs: 200, initMs: 100, cold: true, end},
      {alive: [0, 80], init: [0, 40], window: [80 + 920 * 0.82, 1_000]},
    ],
    ['of an old one', {ageMs: 7_200_000, initMs: 100, cold: false, end}, {alive: [0, 700], window: [946, 1_000]}],
    [
      'of one of which the end is not known',
      {ageMs: 5_000, initMs: 100, cold: false, end: {kind: 'unknown', why: ''}},
      {alive: [0, 700], ahead: [0, 1_000]},
    ],
    ['of one of no age', {ageMs: 0, initMs: 100, cold: true, end}, {alive: [0, 80], init: [0, 80]}],
  ])('%s', (_, life, expected) => {
    const drawn = rectangles(lifeBar(life));
    expect(drawn).toMatchObject(expected);
    expect('window' in drawn).toBe(life.end.kind === 'window');
  });
});

describe('when it is expected to go', () => {
  test.each<[string, NodeJS.ProcessEnv, object]>([
    ['on AWS', {AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand'}, end],
    ['by an endpoint of AWS’s own', {AWS_ENDPOINT_URL: 'https://vpce-1.example.com'}, end],
    ['on the embedded AWS', {AWS_ENDPOINT_URL: 'http://127.0.0.1:4566'}, {kind: 'unknown'}],
    ['on another local one', {AWS_ENDPOINT_URL: 'http://localhost'}, {kind: 'unknown'}],
    ['with provisioned concurrency', {AWS_LAMBDA_INITIALIZATION_TYPE: 'provisioned-concurrency'}, {kind: 'unknown'}],
  ])('%s', (_, variables, expected) => {
    expect(expectedEnd(variables)).toMatchObject(expected);
  });
});

test.each([
  [0, '0 ms'],
  [999.4, '999 ms'],
  [1_000, '1.0 s'],
  [59_949, '59.9 s'],
  [59_950, '1 min'],
  [328_000, '5 min 28 s'],
  [3_599_600, '1 h'],
  [3_720_000, '1 h 2 min'],
])('%i ms is %s', (ms, expected) => {
  expect(durationText(ms)).toBe(expected);
});

test('a time is told in UTC', () => {
  expect(clockText(Date.parse('2026-11-21T09:05:28+01:00'))).toBe('08:05:28');
});
