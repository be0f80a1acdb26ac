/**
 * The sequence by which a terminal takes text onto the user's clipboard (OSC 52): works over SSH and in tmux.
 * At most 74,994 bytes, what xterm takes.
 */
export function clipboardSequence(text: string): string {
  const bytes = Buffer.from(text, 'utf8').subarray(0, 74_994);
  return `\x1b]52;c;${bytes.toString('base64')}\x07`;
}
