import {createWriteStream} from 'node:fs';
import {chmod, mkdir} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import {pipeline} from 'node:stream/promises';
import {type Entry, fromBufferPromise, type ZipFile} from 'yauzl';
import {invalidParameter} from '../functions/errors.ts';

const fileType = {mask: 0o170000, folder: 0o040000, file: 0o100000};
/** What a file system says of names that cannot be laid out: a file where a folder is needed, a name too long. */
const badLayout = new Set(['EEXIST', 'ENOTDIR', 'EISDIR', 'ENAMETOOLONG', 'ERR_INVALID_ARG_VALUE']);

/**
 * Unpacks a zip into a new folder, with its permission bits, and gives its unpacked size in bytes.
 * Absolute paths, `..`, links, device files and encrypted entries are refused, as is more than `limit` bytes.
 * Throws InvalidParameterValueException for everything that is the zip's fault; the folder may then hold a part of it.
 */
export async function unpack(zip: Uint8Array, folder: string, limit: number): Promise<number> {
  await mkdir(folder, {recursive: true});
  try {
    return await unpackAll(
      await fromBufferPromise(Buffer.from(zip.buffer, zip.byteOffset, zip.byteLength)),
      folder,
      limit,
    );
  } catch (error) {
    throw isZipsFault(error) ? unreadable(error) : error;
  }
}

async function unpackAll(archive: ZipFile, folder: string, limit: number): Promise<number> {
  if (archive.entryCount === 0) throw invalidParameter('Uploaded file must be a non-empty zip');
  let size = 0;
  for await (const entry of archive.eachEntry()) {
    // The declared size can be trusted: a stream that gives more or less than it is an error.
    size += entry.uncompressedSize;
    if (size > limit) throw invalidParameter(`Unzipped size must be smaller than ${limit} bytes`);
    await unpackEntry(archive, entry, folder);
  }
  return size;
}

async function unpackEntry(archive: ZipFile, entry: Entry, folder: string): Promise<void> {
  const mode = unixMode(entry);
  const type = mode & fileType.mask;
  if (type !== 0 && type !== fileType.file && type !== fileType.folder) {
    throw new Error(`${entry.fileName} is a link or a device`);
  }
  const path = join(folder, entry.fileName);
  if (entry.fileName.endsWith('/')) {
    await mkdir(path, {recursive: true});
    return;
  }
  await mkdir(dirname(path), {recursive: true});
  await pipeline(await archive.openReadStreamPromise(entry), createWriteStream(path));
  // The owner must be able to read it whatever the zip says, or the environment could not start.
  await chmod(path, (mode & 0o777 || 0o644) | 0o400);
}

/** File type and permission bits; 0 when the zip was made on a system that has none. */
function unixMode(entry: Entry): number {
  const madeBy = entry.versionMadeBy >>> 8;
  const [unix, macOs] = [3, 19];
  return madeBy === unix || madeBy === macOs ? entry.externalFileAttributes >>> 16 : 0;
}

function isZipsFault(error: unknown): boolean {
  if (!(error instanceof Error) || error.name === 'InvalidParameterValueException') return false;
  const code = 'code' in error ? String(error.code) : undefined;
  return code === undefined || code.startsWith('Z_') || badLayout.has(code);
}

const unreadable = (error: unknown) =>
  invalidParameter(
    `Could not unzip uploaded file. Please check your file, then try to upload again. (${(error as Error).message})`,
  );
