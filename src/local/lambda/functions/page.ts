import {invalidParameter} from './errors.ts';

/**
 * One page of a listing, of 50 items at most. The marker is opaque to callers and holds the position after the last item given.
 * Throws InvalidParameterValueException on a marker that is not ours.
 */
export function page<T>(
  items: readonly T[],
  {Marker: marker, MaxItems: most = 50}: {Marker?: string | undefined; MaxItems?: number | undefined},
): {items: T[]; NextMarker?: string} {
  const position = marker === undefined ? '0' : Buffer.from(marker, 'base64').toString('latin1');
  if (!/^\d{1,9}$/.test(position)) throw invalidParameter('Invalid marker');
  const from = Number(position);
  const to = from + Math.max(1, Math.min(most, 50));
  const next = to < items.length ? {NextMarker: Buffer.from(String(to)).toString('base64')} : {};
  return {items: items.slice(from, to), ...next};
}
