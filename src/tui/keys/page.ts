import type {Binding, Group} from './binding.ts';
import {helpColumns, wordsOf} from './binding.ts';
import {bindings} from './bindings.ts';
import {nameOf} from './commands.ts';

const introduction = `# Keys

Every key of the terminal app, from the table that handles them; \`?\` shows the same in the app, greyed where a key does
nothing. Regenerate this page with \`LIFECYCLE_UPDATE_FRAMES=1 npx vitest run --project unit test/tui/keys/page.test.ts\`.
`;

/** The page docs/keys.md: a section per group, a row per binding. */
export function keysPage(): string {
  return [introduction, ...helpColumns.flat().map(section)].join('\n');
}

function section(group: Group): string {
  const rows = bindings.filter(binding => binding.group === group).map(row);
  const heading = group.charAt(0) + group.slice(1).toLowerCase();
  return [`## ${heading}`, '', '| Keys | What they do | With an argument |', '|---|---|---|', ...rows, ''].join('\n');
}

function row(binding: Binding): string {
  const keys = binding.keys.map(key => `\`${key}\``).join(' ');
  const {argument} = binding;
  const command = argument ? `\`:${nameOf(binding)} ${argument.shown}\``.replaceAll('|', '\\|') : '';
  return `| ${keys} | ${wordsOf(binding)} | ${command} |`;
}
