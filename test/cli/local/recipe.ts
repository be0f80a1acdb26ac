import {readFile} from 'node:fs/promises';

const page = new URL('../../../docs/local.md', import.meta.url);

/** The recipe of docs/local.md: its shell commands, block by block, and the extension that is written out in them. */
export async function readRecipe(): Promise<{blocks: string[]; extension: string; handler: string}> {
  const text = await readFile(page, 'utf8');
  const [, section = ''] = /^## Your own extension\n([\s\S]*?)^## /m.exec(text) ?? [];
  const blocks = [...section.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(match => match[1]!);
  const [, extension = ''] = /<<'EXTENSION'\n([\s\S]*?)^EXTENSION$/m.exec(section) ?? [];
  const [, handler = ''] = /^echo '(export const handler.*)' > function\/index\.mjs$/m.exec(section) ?? [];
  return {blocks, extension, handler};
}
