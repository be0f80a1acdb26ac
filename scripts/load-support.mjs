// Test support is TypeScript and Node 20 reads none: bundles it inside the project, so that its packages are found.
import {join} from 'node:path';
import {fileURLToPath, pathToFileURL} from 'node:url';
import {build} from 'esbuild';

export const root = fileURLToPath(new URL('..', import.meta.url));

/** Imports modules of the project as one, by their paths within it. What they find by `import.meta.url` is beside the first. */
export async function loadSupport(...modules) {
  const outfile = join(root, 'node_modules/.cache/lifecycle-tui', `${modules[0].replaceAll('/', '-')}.mjs`);
  await build({
    stdin: {contents: modules.map(one => `export * from './${one}';`).join('\n'), resolveDir: root, loader: 'ts'},
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    define: {'import.meta.url': JSON.stringify(pathToFileURL(join(root, modules[0])).href)},
  });
  return import(pathToFileURL(outfile).href);
}
