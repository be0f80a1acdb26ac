/** What JSON leaves as it is although a terminal or a line reader acts on it. */
const unescaped = /[\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f\ufeff]/g;

/**
 * JSON that is safe to print, on one line or, with `indent`, on several: every control and direction character is
 * escaped, the data is the same.
 */
export function safeJson(value: unknown, indent = 0): string {
  return JSON.stringify(value, null, indent).replace(
    unescaped,
    character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
