/** All values of each name. */
export type Values = Record<string, string[]>;

/** The members of an object; none for anything else. */
export function record(value: unknown): Record<string, unknown> {
  return isRecord(value) ? value : {};
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A value as text: JSON for what is none. */
function text(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

/** One text by name, sorted. */
export function texts(value: unknown): Record<string, string> {
  const entries = Object.entries(record(value)).map(([name, member]) => [name, text(member)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** All values by name, of an object whose members are values or lists of them. */
export function values(given: unknown): Values {
  return grouped(
    Object.entries(record(given)).flatMap(([name, member]) =>
      (Array.isArray(member) ? member : [member]).map(each => [name, text(each)] as const),
    ),
  );
}

/** Pairs by name, names sorted, values in the order they came. */
export function grouped(pairs: Iterable<readonly [string, string]>): Values {
  const all = new Map<string, string[]>();
  for (const [name, value] of pairs) all.set(name, [...(all.get(name) ?? []), value]);
  return Object.fromEntries([...all].sort(([a], [b]) => (a < b ? -1 : 1)));
}
