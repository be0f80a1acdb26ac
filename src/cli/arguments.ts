import {parseArgs} from 'node:util';
import {Problem} from '../aws/problem.ts';
import {nearest} from '../text/nearest.ts';
import {appCommand, type Command, commands} from './commands.ts';
import {globalOptions, type OptionName, type OptionValues, options} from './options.ts';

export type Arguments = {command: Command; argument?: string; values: OptionValues; help: boolean; version: boolean};

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
  const argument = readArgument(command, rest);
  const help = asksHelp || given.help === true;
  if (help || given.version === true) return {command, values: {}, help, version: !help};
  const values: Record<string, unknown> = {};
  for (const [flag, value] of Object.entries(given)) {
    if (!isOptionOf(command, flag)) {
      throw usage(`--${flag} is no option of ${command.name || 'the app'}`, undefined, command.name);
    }
    values[flag] = options[flag].read(String(value), flag);
  }
  return {command, ...argument, values: values as OptionValues, help: false, version: false};
}

function readArgument(command: Command, given: readonly string[]): {argument?: string} {
  const {argument, name} = command;
  const [first, ...more] = given;
  const surplus = argument ? more[0] : first;
  if (surplus !== undefined) throw usage(`Unexpected argument "${surplus}"`, undefined, name);
  if (!argument || first === undefined) return {};
  if (argument.choices.includes(first)) return {argument: first};
  const meant = nearest(first, argument.choices) ?? argument.choices.join(', ').replace(/, (\w+)$/, ' or $1');
  throw usage(`"${first}" is no ${argument.name.toLowerCase()} that ${name} knows`, meant, name);
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
