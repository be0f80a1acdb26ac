/** Stands where something secret was. */
const hidden = '***';
/** A shorter word would be found in everything. */
const shortestSecret = 6;

/** A value in quotes, which may be escaped, or the rest as far as `bare` goes. */
const valued = (names: string, bare: string) =>
  new RegExp(`((?:${names})\\\\*["']?\\s*[:=]\\s*)(?:(\\\\*["'])(?:(?!\\2).)*(\\2)?|${bare})`, 'gi');

const headers = valued(
  '(?:proxy-)?authorization(?:token)?|(?:set-)?cookie|x-api-key|x-amz-security-token',
  '[^\\r\\n]+',
);
const members = valued(
  '[\\w-]*(?:token|secret|passw(?:or)?d|api[_-]?key|access[_-]?key|credential|signature)[\\w-]*',
  '[^\\s"\'&,;}\\])]+',
);

const forms: readonly [RegExp, string][] = [
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, hidden],
  [/(:\/\/)[^\s/@"']+@/g, `$1${hidden}@`],
  [
    /(https?:\/\/(?:hooks?\.|webhooks?\.|[^\s/"'<>]*\.webhook\.|chat\.googleapis\.)[^\s/"'<>]*\/)[^\s"'<>\\]+/gi,
    `$1${hidden}`,
  ],
  [/(https?:\/\/[^\s/"'<>]+\/)(?=[^\s"'<>]*(?:hook|\/bot\d))[^\s"'<>\\]+/gi, `$1${hidden}`],
  [headers, `$1$2${hidden}$3`],
  [members, `$1$2${hidden}$3`],
  [/\b(Bearer|Basic)\s+(?=\S*[\d=]|\S{20})[\w.~+/=-]{6,}/gi, `$1 ${hidden}`],
  [/\beyJ[\w-]{8,}\.[\w-]{4,}\.[\w-]*/g, hidden],
  [/\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g, hidden],
];

/** Most lines hold nothing of it; then nothing has to be looked for. */
const suspicious =
  /authoriz|cookie|token|secret|passw|api[_-]?key|access[_-]?key|credential|signature|bearer|basic|hook|googleapis|\/bot\d|PRIVATE KEY|AKIA|ASIA|eyJ|:\/\/[^\s/]*@/i;

export type Mask = {
  /** The text without what looks like a secret, or is one of those that were named. */
  text(text: string): string;
  /** The message with each of its texts masked. */
  message<M extends object>(message: M): M;
  /** Names a secret: hidden wherever it stands from now on. */
  hide(secret: string): void;
  /** Names a webhook: its path is its password. */
  hidePath(url: string): void;
};

/** Hides credentials before something is written to disk: headers, cookies, tokens, passwords, paths of webhooks. */
export function createMask(): Mask {
  const secrets: [secret: string, shown: string][] = [];
  const add = (secret: string, shown: string): void => {
    if (secret.length < shortestSecret || secrets.some(([known]) => known === secret)) return;
    secrets.push([secret, shown]);
    // A secret within a longer one must not be taken out of it first.
    secrets.sort(([a], [b]) => b.length - a.length);
  };
  const text = (given: string): string => {
    let masked = given;
    for (const [secret, shown] of secrets) masked = masked.replaceAll(secret, () => shown);
    if (!suspicious.test(masked)) return masked;
    for (const [form, shown] of forms) masked = masked.replace(form, shown);
    return masked;
  };
  return {
    text,
    message: message => {
      const masked: Record<string, unknown> = {};
      for (const [member, value] of Object.entries(message)) {
        masked[member] = typeof value === 'string' ? text(value) : value;
      }
      return masked as typeof message;
    },
    hide: secret => {
      add(secret, hidden);
      add(encodeURIComponent(secret), hidden);
    },
    hidePath: url => {
      if (!URL.canParse(url)) return;
      const {origin, pathname, search} = new URL(url);
      if (pathname + search === '/') return;
      add(url, `${origin}/${hidden}`);
      add(pathname + search, `/${hidden}`);
    },
  };
}
