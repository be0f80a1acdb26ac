/** The seed of this run: LIFECYCLE_SEED, or a new one. */
export const seedOfRun = (): number => Number(process.env.LIFECYCLE_SEED ?? Date.now() % 1_000_000);

const tokens = [
  'null',
  'true',
  '-1',
  '1e400',
  '[]',
  '[null]',
  '{}',
  '{"__proto__":{"x":1}}',
  '""',
  '"\\ud800"',
  '\u0000',
  '%',
  '%ZZ',
  '%2F',
  '&',
  '=',
  'member.1',
  '.member.999999999999',
  '/',
  '//',
  '../',
  '?',
  '\r\n',
  '\r\nOrigin: x\r\n',
  ':',
  '"',
  '\\',
  '\xff',
  'A'.repeat(3_000),
  '['.repeat(500),
  '9'.repeat(400),
  'Transfer-Encoding: chunked\r\n',
  'constructor',
  'hasOwnProperty',
];

/** The text with one to four random changes: a cut, a doubled part, a changed character, a hostile token. */
export function mutate(text: string, random: () => number): string {
  let result = text;
  const changes = 1 + Math.floor(random() * 4);
  for (let change = 0; change < changes; change += 1) result = mutateOnce(result, random);
  return result;
}

function mutateOnce(text: string, random: () => number): string {
  const from = Math.floor(random() * text.length);
  const to = Math.min(text.length, from + 1 + Math.floor(random() * 12));
  const [before, part, after] = [text.slice(0, from), text.slice(from, to), text.slice(to)];
  const token = tokens[Math.floor(random() * tokens.length)] ?? '';
  switch (Math.floor(random() * 5)) {
    case 0:
      return before + after;
    case 1:
      return before + part + part + after;
    case 2:
      return before + String.fromCharCode(Math.floor(random() * 256)) + text.slice(from + 1);
    case 3:
      return before + token + text.slice(from);
    default:
      return before + token + after;
  }
}

/** Parsed JSON with one value, anywhere, replaced by a hostile one. */
export function mutateJson(value: unknown, random: () => number): unknown {
  const hostile = [
    null,
    [],
    [null],
    {},
    '',
    'x',
    -1,
    1.5,
    1e300,
    true,
    [[[]]],
    {a: null},
    'x'.repeat(5_000),
    undefined,
  ];
  const children = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  if (children.length === 0 || random() < 0.2) return hostile[Math.floor(random() * hostile.length)];
  const [key, child] = children[Math.floor(random() * children.length)] ?? ['', undefined];
  const changed = mutateJson(child, random);
  if (Array.isArray(value)) return value.map((item, index) => (String(index) === key ? changed : item));
  return {...(value as object), [key]: changed};
}
