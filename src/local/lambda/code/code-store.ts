import {createHash} from 'node:crypto';
import {mkdir, readFile, rm, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {invalidParameter, tooLarge} from '../functions/errors.ts';
import {mergeFolders} from './merge-folders.ts';
import {unpack} from './unpack.ts';

/** A zip that was uploaded, and where it lies unpacked. */
export type StoredCode = {
  /** Base64, as `CodeSha256`. */
  sha256: string;
  /** Bytes of the zip. */
  size: number;
  unpackedSize: number;
  folder: string;
  /** What `download` takes. */
  key: string;
};

/** Lambda's limit for a zip that is sent in the request. */
const zipLimit = 52_428_800;

/**
 * Zips by their content: the same bytes are unpacked once, whoever uploads them, and so are the same layers in the same order.
 * Everything lies under `folder` and stays until the embedded AWS ends.
 */
export class CodeStore {
  readonly #folder: string;
  readonly #unpackedLimit: number;
  readonly #code = new Map<string, Promise<StoredCode>>();
  readonly #merged = new Map<string, Promise<string>>();

  constructor(folder: string, unpackedLimitBytes: number) {
    this.#folder = folder;
    this.#unpackedLimit = unpackedLimitBytes;
  }

  /** Throws InvalidParameterValueException when it is no zip, an unsafe one, or too large unpacked. */
  add(zip: Uint8Array): Promise<StoredCode> {
    if (zip.length === 0) throw invalidParameter('Uploaded file must be a non-empty zip');
    if (zip.length > zipLimit) throw tooLarge(`Zipped size must be smaller than ${zipLimit} bytes`);
    const key = createHash('sha256').update(zip).digest('hex');
    return once(this.#code, key, () => this.#unpack(zip, key));
  }

  /** One folder with all of them, the later over the earlier. */
  merge(layers: readonly StoredCode[]): Promise<string> {
    const [first] = layers;
    if (first && layers.length === 1) return Promise.resolve(first.folder);
    const key = createHash('sha256')
      .update(layers.map(layer => layer.key).join())
      .digest('hex');
    return once(this.#merged, key, async () => {
      const folder = join(this.#folder, 'merged', key);
      await this.#keepApart();
      const sources = layers.map(layer => layer.folder);
      await mergeFolders(sources, folder);
      return folder;
    });
  }

  /** Throws InvalidParameterValueException when function and layers together are larger than Lambda takes. */
  checkTogether(parts: readonly StoredCode[]): void {
    const size = parts.reduce((sum, part) => sum + part.unpackedSize, 0);
    if (size <= this.#unpackedLimit) return;
    throw invalidParameter(
      `Function code combined with layers exceeds the maximum allowed size of ${this.#unpackedLimit} bytes. The actual size is ${size} bytes.`,
    );
  }

  /** The zip as it was uploaded. */
  async download(key: string): Promise<Uint8Array | undefined> {
    return (await this.#code.get(key)) && readFile(join(this.#folder, 'zips', key));
  }

  /** Node takes the module format from the nearest package.json above a file: none of the user's may be it. */
  async #keepApart(): Promise<void> {
    await mkdir(this.#folder, {recursive: true});
    await writeFile(join(this.#folder, 'package.json'), '{}\n');
  }

  async #unpack(zip: Uint8Array, key: string): Promise<StoredCode> {
    const folder = join(this.#folder, 'unpacked', key);
    await this.#keepApart();
    try {
      const unpackedSize = await unpack(zip, folder, this.#unpackedLimit);
      await mkdir(join(this.#folder, 'zips'), {recursive: true});
      await writeFile(join(this.#folder, 'zips', key), zip);
      return {sha256: Buffer.from(key, 'hex').toString('base64'), size: zip.length, unpackedSize, folder, key};
    } catch (error) {
      await rm(folder, {recursive: true, force: true});
      throw error;
    }
  }
}

/** Runs once per key while it succeeds; a failure is forgotten. */
function once<T>(known: Map<string, Promise<T>>, key: string, run: () => Promise<T>): Promise<T> {
  const running = known.get(key) ?? run();
  known.set(key, running);
  running.catch(() => known.delete(key));
  return running;
}

/** Where a caller can get the zip again: the address whose last part `download` takes. */
export const codeLocation = (endpoint: string, {key}: StoredCode): string =>
  `${endpoint}/_lifecycle/lambda/code/${key}`;
