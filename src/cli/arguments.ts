import {parseArgs} from 'node:util';
import {Problem} from '../aws/problem.ts';
import {appCommand, type Command, commands} from './commands.ts';
import {nearest} from './nearest.ts';
import {globalOptions, type OptionName, type OptionValues, options} from './options.ts';

export type Arguments = {command: Command; values: OptionValues; help: boolean; version: boolean};

/** Reads a command line. Throws a usage Problem, which names what was probably meant, on anything that is not in the tables. */
export function readArguments(argv: readonly string[]): Arguments {
  const {values: given, positionals} = parse(argv);
  const asksHelp = positionals[0] === 'help';
  const [name = '', ...rest] = asksHelp ? positionals.slice(1) : positionals;
  const command = name === '' ? appCommand : commands.find(one => one.name === name);
  if (!command) {
    throw usage(
      `There is no command "${name}"`,
      nearest(
        name,
        commands.map(one => one.name),
      ),
    );
  }
  if (rest[0] !== undefined) throw usage(`Unexpected argument "${rest[0]}"`, undefined, command.name);
  const help = asksHelp || given.help === true;
  if (help || given.version === true) return {command, values: {}, help, version: !help};
  const values: Record<string, unknown> = {};
  for (const [flag, value] of Object.entries(given)) {
    if (!isOptionOf(command, flag)) {
      throw usage(`--${flag} is no option of ${command.name || 'the app'}`, undefined, command.name);
    }
    values[flag] = options[flag].read(String(value), flag);
  }
  return {command, values: values as OptionValues, help: false, version: false};
}

function parse(argv: readonly string[]) {
  const entries = Object.entries(options).map(([flag, option]) => [
    flag,
    {
      type: 'value' in option ? ('string' as const) : ('boolean' as const),
      ...('short' in option && option.short !== undefined && {short: option.short as string}),
    },
  ]);
  try {
    const {values, positionals} = parseArgs({
      args: [...argv],
      options: Object.fromEntries(entries),
      allowPositionals: true,
      strict: true,
    });
    return {values: values as Record<string, string | boolean | undefined>, positionals};
  } catch (error) {
    const {code = '', message} = error as NodeJS.ErrnoException;
    if (!code.startsWith('ERR_PARSE_ARGS_')) throw error;
    const unknown = /Unknown option '--?([^']+)'/.exec(message)?.[1];
    if (unknown === undefined) throw usage(message.split('. ')[0]!.replace(/\n/g, ' '));
    const guess = nearest(unknown, Object.keys(options));
    throw usage(`There is no option --${unknown}`, guess && `--${guess}`);
  }
}

function isOptionOf(command: Command, flag: string): flag is OptionName {
  return globalOptions.some(one => one === flag) || command.options.some(one => one === flag);
}

function usage(title: string, meant?: string, command?: string): Problem {
  return new Problem('usage', title, {
    ...(meant !== undefined && {solution: `Did you mean ${meant}?`}),
    next: `lifecycle-tui ${command ? `${command} ` : ''}--help`,
  });
}
