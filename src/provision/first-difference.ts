/**
 * Where two JSON values differ first, as `Statement[0].Effect: wanted "Allow", found "Deny"`; nothing when they are alike.
 * The order of an object's members means nothing.
 */
export function firstDifference(wanted: unknown, found: unknown, path = ''): string | undefined {
  if (isObject(wanted) && isObject(found) && Array.isArray(wanted) === Array.isArray(found)) {
    for (const key of new Set([...Object.keys(wanted), ...Object.keys(found)])) {
      const part = Array.isArray(wanted) ? `[${key}]` : path === '' ? key : `.${key}`;
      const difference = firstDifference(wanted[key], found[key], `${path}${part}`);
      if (difference !== undefined) return difference;
    }
    return undefined;
  }
  if (wanted === found) return undefined;
  return `${path === '' ? '' : `${path}: `}${wantedFound(wanted, found)}`;
}

/** `wanted 6, found 30`; what is missing is `none`. */
export function wantedFound(wanted: unknown, found: unknown): string {
  return `wanted ${shown(wanted)}, found ${shown(found)}`;
}

function shown(value: unknown): string {
  if (value === undefined || value === null || value === '') return 'none';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
