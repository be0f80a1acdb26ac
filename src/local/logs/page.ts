import {invalidParameter} from './errors.ts';

/** One page of a sorted list; the token is the name after which the next one starts. */
export function pageByName<T extends {name: string}>(
  all: readonly T[],
  limit: number,
  token: string | undefined,
): {items: readonly T[]; nextToken?: string} {
  const start = token === undefined ? 0 : all.findIndex(item => item.name === nameIn(token)) + 1;
  if (token !== undefined && start === 0) throw invalidParameter('The specified nextToken is invalid.');
  const items = all.slice(start, start + limit);
  const last = items.at(-1);
  return start + limit < all.length && last ? {items, nextToken: tokenOf(last.name)} : {items};
}

const tokenOf = (name: string): string => Buffer.from(name).toString('base64url');
const nameIn = (token: string): string => Buffer.from(token, 'base64url').toString('utf8');
