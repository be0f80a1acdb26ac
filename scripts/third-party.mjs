// The licences of everything that ends up inside our bundles, from esbuild's own list of inputs.
import {readdir, readFile} from 'node:fs/promises';

/** Returns one text: each licence once, headed by the packages it covers. */
export async function thirdPartyNotices(root, metafiles) {
  const folders = new Set();
  for (const metafile of metafiles) {
    for (const input of Object.keys(metafile.inputs)) {
      const match = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input);
      if (match) folders.add(match[0]);
    }
  }
  const packagesByLicence = new Map();
  for (const folder of [...folders].sort()) {
    const {name, version, license} = JSON.parse(await readFile(`${root}${folder}/package.json`, 'utf8'));
    const file = (await readdir(`${root}${folder}`)).find(entry => /^licen[cs]e/i.test(entry));
    const text = file ? (await readFile(`${root}${folder}/${file}`, 'utf8')).trim() : `Licence: ${license}`;
    packagesByLicence.set(text, [...(packagesByLicence.get(text) ?? []), `${name} ${version}`]);
  }
  const parts = [...packagesByLicence].map(([text, names]) => `${names.join('\n')}\n\n${text}\n`);
  return `lifecycle-tui contains these packages.\n\n${parts.join(`\n${'-'.repeat(72)}\n\n`)}`;
}
