import {readFile} from 'node:fs/promises';
import {buffer} from 'node:stream/consumers';
import {promisify} from 'node:util';
import {type Entry, fromBuffer, type Options, type ZipFile} from 'yauzl';

export type ZipEntry = {path: string; mode: number; method: number; dosDate: number; bytes: Buffer};

/** Reads a zip with a library that did not write it. */
export async function readZip(path: string): Promise<ZipEntry[]> {
  const open = promisify<Buffer, Options, ZipFile>(fromBuffer);
  const zip = await open(await readFile(path), {lazyEntries: true});
  const entries: ZipEntry[] = [];
  await new Promise<void>((resolve, reject) => {
    zip.on('error', reject);
    zip.on('end', resolve);
    zip.on('entry', (entry: Entry) => {
      zip.openReadStream(entry, (error, stream) => {
        if (error || !stream) return reject(error);
        buffer(stream).then(bytes => {
          const {fileName, compressionMethod, lastModFileDate} = entry;
          const mode = entry.externalFileAttributes >>> 16;
          entries.push({path: fileName, mode, method: compressionMethod, dosDate: lastModFileDate, bytes});
          zip.readEntry();
        }, reject);
      });
    });
    zip.readEntry();
  });
  return entries;
}
