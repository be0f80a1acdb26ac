import {appCommand, type Command, commands} from './commands.ts';
import {globalOptions, type OptionName, options} from './options.ts';

const exitCodes =
  '0 ok · 1 failed · 2 usage or no terminal · 3 not deployed · 4 no credentials · 5 foreign resource in the way';

/** The help text of one command, or of the whole when it is the app. */
export function helpText(command: Command): string {
  const own = command.options.length > 0 ? ['', 'Options', ...optionLines(command.options)] : [];
  const examples = command.examples?.map(example => `  lifecycle-tui ${example}`.trimEnd()) ?? [];
  const argument = command.argument ? `${command.argument.choices.join('|')} ` : '';
  return [
    `lifecycle-tui ${command.name === '' ? '[command] ' : `${command.name} `}${argument}[options]`,
    '',
    command === appCommand
      ? 'See AWS Lambda execution environments live and die, from your terminal.'
      : `${command.summary.charAt(0).toUpperCase()}${command.summary.slice(1)}.`,
    ...(command === appCommand ? ['', 'Commands', ...commandLines()] : []),
    ...own,
    '',
    'Options of every command',
    ...optionLines(globalOptions),
    ...(examples.length > 0 ? ['', 'Examples', ...examples] : []),
    '',
    `Durations have a unit: 500ms 20s 10m 24h. Exit codes: ${exitCodes}`,
  ].join('\n');
}

function commandLines(): string[] {
  const names = [{name: '(none)', summary: appCommand.summary}, ...commands];
  return columns(names.map(({name, summary}) => [name, summary]));
}

function optionLines(names: readonly OptionName[]): string[] {
  return columns(
    names.map(name => {
      const option = options[name];
      const short = 'short' in option && option.short !== undefined ? `-${option.short}, ` : '';
      return [`${short}--${name}${'value' in option ? ` ${option.value}` : ''}`, option.help];
    }),
  );
}

function columns(rows: string[][]): string[] {
  const width = Math.max(...rows.map(([left]) => left!.length));
  return rows.map(([left, right]) => `  ${left!.padEnd(width)}  ${right}`);
}
