/** What stands where a secret was: pages end up in screenshots, logs in tickets. */
export const hidden = '(hidden)';

const secret = /authorization|cookie|token|secret|passw|signature|credential|session|api[-_]?key|access[-_]?key/i;

/** Whether a header, parameter or member of this name is likely to hold a secret. */
export function isSecret(name: string): boolean {
  return secret.test(name);
}

/** The same values by name, secret ones hidden. */
export function withoutSecrets<T>(values: Record<string, T>, hide: (value: T) => T): Record<string, T> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, isSecret(name) ? hide(value) : value]),
  );
}
