import {buffer} from 'node:stream/consumers';
import {ZipFile} from 'yazl';

/** One regular file; `mode` are its permission bits. */
type Entry = {path: string; bytes: Uint8Array; mode: number};

/** A zip that depends on nothing but its entries: stored, since zlib's output differs between versions, and undated. */
export async function zip(entries: readonly Entry[]): Promise<Uint8Array> {
  const file = new ZipFile();
  // Zips hold local time: this is the first day they can name, wherever it is read.
  const mtime = new Date(1980, 0, 1);
  for (const {path, bytes, mode} of entries) {
    file.addBuffer(Buffer.from(bytes), path, {
      mtime,
      mode: 0o100000 | mode,
      compress: false,
      forceDosTimestamp: true,
    });
  }
  file.end();
  return buffer(file.outputStream);
}
