// What esbuild has to be told about three of the packages that are bundled.
import {readFile} from 'node:fs/promises';
import {fileURLToPath} from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Ink asks for the devtools only when DEV is true. */
export const withoutDevtools = {
  name: 'without-devtools',
  setup({onResolve, onLoad}) {
    onResolve({filter: /^react-devtools-core$/}, () => ({path: 'react-devtools-core', namespace: 'empty'}));
    onLoad({filter: /.*/, namespace: 'empty'}, () => ({contents: 'export default undefined'}));
  },
};

/**
 * Ink measures every row that has changed, and its borders make each of them more than ASCII: taken apart into graphemes
 * this is most of the memory that a frame uses. Text of which each character is one cell is measured by its length.
 */
export const sureWidths = {
  name: 'sure-widths',
  setup({onResolve, onLoad}) {
    onResolve({filter: /^string-width$/}, ({importer, namespace}) =>
      namespace === 'sure-widths' || importer.endsWith('src/text/cells.ts')
        ? undefined
        : {path: 'string-width', namespace: 'sure-widths'},
    );
    onLoad({filter: /.*/, namespace: 'sure-widths'}, () => ({
      contents: `
        import stringWidth from 'string-width';
        import {isSure} from './src/text/cells.ts';
        export default (text, options) =>
          typeof text === 'string' && isSure(text) ? text.length : stringWidth(text, options);`,
      resolveDir: root,
    }));
  },
};

/** dynalite in memory: no native LevelDB, and its dynamic requires made visible to the bundler. */
export const dynaliteInMemory = {
  name: 'dynalite-in-memory',
  setup({onResolve, onLoad}) {
    onResolve({filter: /^level$/}, () => ({path: 'level', namespace: 'no-level'}));
    onLoad({filter: /.*/, namespace: 'no-level'}, () => ({
      contents: "exports.Level = class { constructor() { throw new Error('on-disk tables are not bundled') } }",
    }));
    onLoad({filter: /dynalite[/\\]index\.js$/}, async ({path}) => {
      const source = await readFile(path, 'utf8');
      let replaced = 0;
      const contents = source.replace(/require\('(\.\/(?:actions|validations)\/)' \+ (\w+)\)/g, (_, folder, name) => {
        replaced += 1;
        return `require('${folder}' + ${name} + '.js')`;
      });
      if (replaced !== 2) throw new Error(`dynalite changed: expected 2 dynamic requires, found ${replaced}`);
      return {contents, loader: 'js'};
    });
  },
};
