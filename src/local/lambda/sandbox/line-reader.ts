import type {Readable} from 'node:stream';
import {StringDecoder} from 'node:string_decoder';

/** Longest line kept in one piece, in characters: CloudWatch Logs takes no event above 256 KB. */
const longestLine = 262_144;

/** Calls `onLine` for each line of a stream, without its end, and for an unfinished last one when the stream closes. */
export function readLines(stream: Readable, onLine: (line: string) => void): void {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  const take = (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop()!;
    for (const line of lines) onLine(line);
    while (rest.length > longestLine) {
      onLine(rest.slice(0, longestLine));
      rest = rest.slice(longestLine);
    }
  };
  stream.on('data', (chunk: Buffer) => take(decoder.write(chunk)));
  stream.on('close', () => {
    take(decoder.end());
    if (rest !== '') onLine(rest);
    rest = '';
  });
  stream.on('error', () => {});
}
