import {badRequest} from '../errors.ts';

/**
 * One page of a list, `limit` 1 to 500 (25 when not given, as in API Gateway), and the position of the next.
 * Positions are opaque to callers; a foreign one is a BadRequestException.
 */
export function page<T>(all: readonly T[], limit = 25, position?: string): {items: T[]; position?: string} {
  const from = position === undefined ? 0 : Number(Buffer.from(position, 'base64url').toString());
  if (!Number.isSafeInteger(from) || from < 0) throw badRequest('Invalid position specified');
  const size = Math.min(Math.max(limit, 1), 500);
  const items = all.slice(from, from + size);
  const next = from + size;
  return next < all.length ? {items, position: Buffer.from(String(next)).toString('base64url')} : {items};
}
