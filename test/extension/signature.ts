import {createHash, createHmac} from 'node:crypto';
import type {IncomingMessage} from 'node:http';

/**
 * Whether AWS would take the request's Authorization header: Signature Version 4, computed from what arrived on the
 * wire, independently of the library that signed it.
 */
export function isSigned({method, url, headers}: IncomingMessage, body: string, secret: string): boolean {
  const pattern =
    /^AWS4-HMAC-SHA256 Credential=[^/]+\/((\d{8})\/([^/]+)\/([^/]+)\/aws4_request), SignedHeaders=([^,]+), Signature=(\w+)$/;
  const match = pattern.exec(headers.authorization ?? '');
  const [, scope = '', date = '', region = '', service = '', names = '', signature] = match ?? [];
  const canonical = [
    method,
    url,
    '',
    ...names.split(';').map(name => `${name}:${String(headers[name]).trim()}`),
    '',
    names,
    sha256(body),
  ].join('\n');
  const text = ['AWS4-HMAC-SHA256', headers['x-amz-date'], scope, sha256(canonical)].join('\n');
  const key = [date, region, service, 'aws4_request'].reduce<string | Buffer>(hmac, `AWS4${secret}`);
  return names.split(';').includes('host') && hmac(key, text).toString('hex') === signature;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
