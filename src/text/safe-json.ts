/** What JSON leaves as it is although a terminal or a line reader acts on it. */
const unescaped = /[\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f\ufeff]/g;

/** One line of JSON that is safe to print: every control and direction character is escaped, the data is the same. */
export function safeJson(value: unknown): string {
  return JSON.stringify(value).replace(
    unescaped,
    character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
