/** Stands where something secret was. */
const hidden = '***';
/** A shorter word would be found in everything. */
const shortestSecret = 6;

/**
 * The value after one of these names: in quotes, escaped quotes or neither. Every repetition is bounded or ends where the
 * next begins: log lines are made by others, and none may take long.
 */
const valued = (names: string, bare: string) =>
  new RegExp(
    [
      `((?:${names})\\\\{0,7}["']?\\s{0,8}[:=]\\s{0,8})(?:`,
      `(\\\\{1,7}["'])(?:(?!\\\\{1,7}["']).)*(\\\\{1,7}["'])?`,
      `|(")(?:\\\\.|[^"\\\\])*(")?|(')(?:\\\\.|[^'\\\\])*(')?|${bare})`,
    ].join(''),
    'gi',
  );
const shownValue = `$1$2$4$6${hidden}$3$5$7`;

const headers = valued(
  '(?:proxy-)?authorization(?:token)?|(?:set-)?cookie|x-api-key|x-amz-security-token',
  '[^\\r\\n]+',
);
const members = valued(
  '(?:token|secret|passw(?:or)?d|api[_-]?key|access[_-]?key|credential|signature)[\\w-]{0,40}',
  '[^\\s"\'&,;}\\])]+',
);
const webhookHost =
  /(https?:\/\/(?:hooks?|webhooks?|[^\s/"'<>]{0,255}\.webhook|chat\.googleapis|api\.telegram)\.[^\s/"'<>]{0,255}\/)[^\s"'<>\\]+/gi;
const webhookPath = /(https?:\/\/[^\s/"'<>]{1,255}\/)(?=[^\s"'<>]{0,300}hook)[^\s"'<>\\]+/gi;

const forms: readonly [RegExp, string][] = [
  [/-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]{0,20}PRIVATE KEY-----|$)/g, hidden],
  [/(:\/\/)[^\s/@"']{1,512}@/g, `$1${hidden}@`],
  [webhookHost, `$1${hidden}`],
  [webhookPath, `$1${hidden}`],
  [headers, shownValue],
  [members, shownValue],
  [/\b(Bearer|Basic)\s{1,8}(?=\S{0,200}[\d=]|\S{20})[\w.~+/=-]{6,}/gi, `$1 ${hidden}`],
  [/\beyJ[\w-]{8,2048}\.[\w-]{4,4096}\.[\w-]*/g, hidden],
  [/\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g, hidden],
];

/** Most lines hold nothing of it; then nothing has to be looked for. */
const suspicious =
  /authoriz|cookie|token|secret|passw|api[_-]?key|access[_-]?key|credential|signature|bearer|basic|hook|googleapis|telegram|PRIVATE KEY|AKIA|ASIA|eyJ|:\/\/[^\s/]*@/i;

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
  const within = (value: unknown): unknown => {
    if (typeof value === 'string') return text(value);
    if (Array.isArray(value)) return value.map(within);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, within(one)]));
  };
  return {
    text,
    message: message => {
      const masked: Record<string, unknown> = {};
      for (const [member, value] of Object.entries(message)) masked[member] = within(value);
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
