/** Longer ones are not kept in memory: no message is that long. Bytes. */
const longestLine = 4 * 1_024 * 1_024;

/** Splits what is read into lines, one at a time; `undefined` stands for a line that is too long. */
export async function* readLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<string | undefined> {
  let parts: Buffer[] = [];
  let length = 0;
  let tooLong = false;
  const add = (piece: Buffer): void => {
    length += piece.length;
    tooLong ||= length > longestLine;
    if (tooLong) parts = [];
    else if (piece.length > 0) parts.push(piece);
  };
  const take = (): string | undefined => {
    const line = tooLong ? undefined : Buffer.concat(parts).toString('utf8');
    parts = [];
    length = 0;
    tooLong = false;
    return line;
  };
  for await (const chunk of chunks) {
    let from = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, from)) {
      add(chunk.subarray(from, end));
      from = end + 1;
      yield take();
    }
    add(chunk.subarray(from));
  }
  if (length > 0) yield take();
}
