import {echoRoute, error, type Sample} from './sample.ts';
import {version1} from './version-1.ts';
import {version2} from './version-2.ts';

const limit = 262_144;
const tooLarge = {status: 413, type: 'json', route: echoRoute, body: error('body_too_large')} as const;
const taken = (bytes: number) => ({status: 200, type: 'json', route: echoRoute, body: {body: {bytes}}}) as const;

/** Around the limit of 256 kB, counted in bytes of what was sent. */
export const oversizedSamples: Sample[] = [
  {name: 'as much as is taken', event: version1('POST', '/api/echo', {body: 'x'.repeat(limit)}), ...taken(limit)},
  {name: 'one byte more', event: version1('POST', '/api/echo', {body: 'x'.repeat(limit + 1)}), ...tooLarge},
  {
    name: 'fewer characters, more bytes',
    event: version1('POST', '/api/echo', {body: 'ü'.repeat(limit / 2 + 1)}),
    ...tooLarge,
  },
  {
    name: 'as much as is taken, base64',
    event: version2('POST', '/api/echo', {body: Buffer.alloc(limit).toString('base64'), isBase64Encoded: true}),
    ...taken(limit),
  },
  {
    name: 'one byte more, base64',
    event: version2('POST', '/api/echo', {body: Buffer.alloc(limit + 1).toString('base64'), isBase64Encoded: true}),
    ...tooLarge,
  },
  {
    name: 'one byte more of JSON',
    event: version2('POST', '/api/echo', {
      headers: {'content-type': 'application/json'},
      body: JSON.stringify('x'.repeat(limit - 1)),
    }),
    ...tooLarge,
  },
];
