/** What stands in an input for a value that is known only once the commands run: a shell variable. */
export type Placeholders = ReadonlyMap<string, string>;

/**
 * The aws CLI command line, quoted for sh, of an SDK call: `lambda`, `CreateFunction`, its input (or `lambda wait` and a waiter). `files` says where the
 * bytes of an input are on this machine; `placeholders` maps texts in the input to the shell variables in their place.
 */
export function awsCommand(
  call: {service: string; operation: string; input: object},
  {
    files = new Map(),
    placeholders = new Map(),
  }: {files?: ReadonlyMap<Uint8Array, string>; placeholders?: Placeholders} = {},
): string {
  const {service, operation, input} = call;
  const words = Object.entries(withZipFile(input))
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => option(name, value, files, placeholders));
  return ['aws', service, kebab(operation), ...words].join(' ');
}

/** The CLI takes a zip on its own, wherever the API has it: `Code.ZipFile`, `Content.ZipFile`. */
function withZipFile(input: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(input).map(([name, value]: [string, unknown]) => {
      const zip = (value as {ZipFile?: unknown} | undefined)?.ZipFile;
      return zip instanceof Uint8Array ? ['ZipFile', zip] : [name, value];
    }),
  );
}

function option(
  name: string,
  value: unknown,
  files: ReadonlyMap<Uint8Array, string>,
  placeholders: Placeholders,
): string {
  const flag = kebab(name);
  if (typeof value === 'boolean') return value ? `--${flag}` : `--no-${flag}`;
  if (value instanceof Uint8Array) {
    const path = files.get(value);
    if (path === undefined) throw new Error(`No file holds the bytes of ${name}`);
    return `--${flag} ${shellWord(`fileb://${path}`)}`;
  }
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return `--${flag} ${shellWord(text, placeholders)}`;
}

/** `CreateRestApi` is create-rest-api, `authorizerResultTtlInSeconds` authorizer-result-ttl-in-seconds. */
export function kebab(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1-$2')
    .toLowerCase();
}

/** A word that sh reads as exactly this text, with the placeholders' variables filled in. */
export function shellWord(text: string, placeholders: Placeholders = new Map()): string {
  for (const [placeholder, variable] of placeholders) {
    const at = text.indexOf(placeholder);
    if (at < 0) continue;
    const before = text.slice(0, at);
    const after = text.slice(at + placeholder.length);
    const [left, right] = [before, after].map(part => (part === '' ? '' : shellWord(part, placeholders)));
    return `${left}"$${variable}"${right}`;
  }
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
