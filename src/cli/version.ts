import {readFile} from 'node:fs/promises';
import {fileURLToPath} from 'node:url';

/** The version in our package.json, found from the build's place inside the package. */
export async function version(): Promise<string> {
  const path = fileURLToPath(new URL('../package.json', import.meta.resolve('#built/cli.js')));
  return JSON.parse(await readFile(path, 'utf8')).version;
}
