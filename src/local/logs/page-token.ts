import {createHash} from 'node:crypto';
import {invalidParameter} from './errors.ts';

/**
 * Where the next page begins, for the caller to bring back together with the same `question`: what it asked for
 * besides the size of a page.
 */
export function sealToken(position: string, question: readonly unknown[]): string {
  return Buffer.from(`${digestOf(question)}/${position}`).toString('base64url');
}

/** The position in a token. Throws InvalidParameterException on a token that was given for another question. */
export function openToken(token: string, question: readonly unknown[]): string {
  const text = Buffer.from(token, 'base64url').toString('utf8');
  const digest = `${digestOf(question)}/`;
  if (!text.startsWith(digest)) throw invalidToken();
  return text.slice(digest.length);
}

export const invalidToken = () => invalidParameter('The specified nextToken is invalid.');

const digestOf = (question: readonly unknown[]): string =>
  createHash('sha256').update(JSON.stringify(question)).digest('hex').slice(0, 16);
