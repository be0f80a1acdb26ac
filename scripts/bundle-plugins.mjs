// What esbuild has to be told about two of the packages that are bundled.
import {readFile} from 'node:fs/promises';

/** Ink asks for the devtools only when DEV is true. */
export const withoutDevtools = {
  name: 'without-devtools',
  setup({onResolve, onLoad}) {
    onResolve({filter: /^react-devtools-core$/}, () => ({path: 'react-devtools-core', namespace: 'empty'}));
    onLoad({filter: /.*/, namespace: 'empty'}, () => ({contents: 'export default undefined'}));
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
