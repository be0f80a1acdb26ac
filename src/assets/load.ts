import {createHash} from 'node:crypto';
import {readFile} from 'node:fs/promises';
import {fileURLToPath} from 'node:url';

/** A zip as it is uploaded; `sha256` in base64, as Lambda answers it in CodeSha256. */
export type Asset = {zip: Uint8Array; sha256: string};

/**
 * Reads the built zips: the layer with the extension, and both functions.
 * Throws the file system's ENOENT when the package has not been built.
 */
export async function loadAssets(): Promise<{layer: Asset; target: Asset; authorizer: Asset}> {
  const [layer, target, authorizer] = await Promise.all([load('layer'), load('target'), load('authorizer')]);
  return {layer, target, authorizer};
}

/** Where the built zip is on this machine. */
export function assetPath(name: 'layer' | 'target' | 'authorizer'): string {
  return fileURLToPath(import.meta.resolve(`#built/assets/${name}.zip`));
}

async function load(name: 'layer' | 'target' | 'authorizer'): Promise<Asset> {
  const zip = await readFile(assetPath(name));
  return {zip, sha256: createHash('sha256').update(zip).digest('base64')};
}
