import {PassThrough} from 'node:stream';
import type {ReadStream} from 'node:tty';

/** An answer to a question (OSC, a number first): the whole of it, or what has come of it at the end of the input. */
const reply = /\x1b\](?:(\d[^\x07\x1b]*)(?:\x07|\x1b\\)|(?:\d[^\x07\x1b]*\x1b?)?$)/g;
const longestReply = 4_096;
const patienceMs = 200;

/**
 * The terminal's keys without its answers: the renderer knows answers of the CSI kind only and would take others, which
 * may come late, for typed text. Raw mode and the rest are the real stream's.
 */
export function keysOnly(stdin: ReadStream, onReply: (text: string) => void): ReadStream {
  const keys = new PassThrough() as unknown as ReadStream;
  let waiting = '';
  let timer: NodeJS.Timeout | undefined;
  const take = (data: string) => {
    clearTimeout(timer);
    const input = waiting + data;
    waiting = '';
    const typed = input.replace(reply, (whole, text: string | undefined) => {
      if (text !== undefined) onReply(text);
      else if (whole.length < longestReply) waiting = whole;
      return '';
    });
    // An answer of which the rest does not come is no key either.
    if (waiting !== '') timer = setTimeout(() => (waiting = ''), patienceMs);
    if (typed !== '') keys.push(typed);
  };
  stdin.setEncoding('utf8');
  stdin.on('data', take);
  stdin.once('end', () => keys.push(null));
  return Object.assign(keys, {
    isTTY: true,
    setRawMode(on: boolean) {
      stdin.setRawMode(on);
      return keys;
    },
    ref() {
      stdin.ref();
      return keys;
    },
    unref() {
      stdin.unref();
      return keys;
    },
  });
}
