/** Longer parts of an input, in characters of JSON, are left out. */
const mostCharacters = 1_000;
/** What can hold a secret, or the events themselves. */
const untold = /^(?:environment|variables|payload|item|zipfile|code|content|body)$/i;

/** What is told of a call's input: enough to make it again, never a secret or bytes. `without`: the members left out. */
export function toldInput(input: object): {input?: Record<string, unknown>; without?: string[]} {
  const told: Record<string, unknown> = {};
  const without: string[] = [];
  for (const [name, value] of Object.entries(input)) {
    if (value === undefined) continue;
    if (untold.test(name) || !isShort(value)) without.push(name);
    else told[name] = value;
  }
  return {
    ...(Object.keys(told).length > 0 && {input: told}),
    ...(without.length > 0 && {without}),
  };
}

/** Short, and nothing that acts where it is pasted. */
function isShort(value: unknown): boolean {
  if (value instanceof Uint8Array) return false;
  const json = JSON.stringify(value);
  return json.length <= mostCharacters && !/\\[bfnrtu]|[\x7f-\x9f]/.test(json);
}
