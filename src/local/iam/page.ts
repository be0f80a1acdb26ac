import {ServiceError} from '../wire/service.ts';

export type Paging = {Marker?: string | undefined; MaxItems?: number | undefined};
export type Page<T> = {items: T[]; IsTruncated: boolean; Marker?: string};

/** One page of at most MaxItems (100); the marker is the position of the next one. */
export function page<T>(all: readonly T[], {Marker, MaxItems = 100}: Paging): Page<T> {
  const start = Marker === undefined ? 0 : Number(Marker);
  if (!Number.isInteger(start) || start < 0) throw new ServiceError('ValidationError', 'Invalid Marker.');
  if (MaxItems < 1 || MaxItems > 1000) throw new ServiceError('ValidationError', 'MaxItems must be 1 to 1000.');
  const end = start + MaxItems;
  const more = end < all.length;
  return {items: all.slice(start, end), IsTruncated: more, ...(more ? {Marker: String(end)} : {})};
}
