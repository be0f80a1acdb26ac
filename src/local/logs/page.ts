import {openToken, sealToken} from './page-token.ts';

type Listing<T> = {
  /** What sorts the items and tells them apart. */
  keyOf: (item: T) => string;
  descending?: boolean;
  limit: number;
  nextToken: string | undefined;
  /** What was asked for; a token is good for this only. */
  question: readonly unknown[];
};

/** One page of a list, sorted; the next one begins behind the last key shown, whatever has come or gone meanwhile. */
export function pageOf<T>(all: readonly T[], listing: Listing<T>): {items: T[]; nextToken?: string} {
  const {keyOf, descending = false, limit, nextToken, question} = listing;
  const isAfter = (key: string, other: string) => (descending ? key < other : key > other);
  const last = nextToken === undefined ? undefined : openToken(nextToken, question);
  const left = all
    .map(item => ({item, key: keyOf(item)}))
    .filter(({key}) => last === undefined || isAfter(key, last))
    .sort((a, b) => (isAfter(a.key, b.key) ? 1 : -1));
  const page = left.slice(0, limit);
  const items = page.map(({item}) => item);
  const end = page.at(-1);
  return end && left.length > limit ? {items, nextToken: sealToken(end.key, question)} : {items};
}
