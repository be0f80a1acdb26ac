import {appCommand, type Command, commands} from '../commands.ts';
import {globalOptions, type OptionName, options} from '../options.ts';

/** What stands after an option: nothing, one of some words, a file, an AWS profile, or something nobody can guess. */
type Value = {kind: 'none' | 'file' | 'profile' | 'free'} | {kind: 'choice'; choices: readonly string[]};

export type OptionGrammar = {flag: string; short?: string; help: string; value: Value; placeholder?: string};

export type CommandGrammar = {
  /** Empty for the app. */
  name: string;
  summary: string;
  options: readonly OptionGrammar[];
  /** What its one argument can be. */
  choices: readonly string[];
};

/** Every command with all that may follow it: what the completion scripts are made from. */
export const grammar: readonly CommandGrammar[] = [appCommand, ...commands].map(grammarOf);

/** Every option of every command. */
export const allOptions: readonly OptionGrammar[] = (Object.keys(options) as OptionName[]).map(optionOf);

function grammarOf(command: Command): CommandGrammar {
  const {name, summary, argument} = command;
  return {
    name,
    summary: ascii(summary),
    options: [...command.options, ...globalOptions].map(optionOf),
    choices: argument?.choices ?? [],
  };
}

function optionOf(flag: OptionName): OptionGrammar {
  const option: {help: string; short?: string; value?: string; choices?: readonly string[]} = options[flag];
  const {help, short, value: placeholder} = option;
  return {
    flag,
    help: ascii(help),
    value: valueAfter(flag, option),
    ...(short !== undefined && {short}),
    ...(placeholder !== undefined && {placeholder}),
  };
}

/** A shell reads the script byte by byte, and a terminal without other glyphs would put a quote in this one's place. */
function ascii(text: string): string {
  return text.replaceAll('’', "'");
}

function valueAfter(flag: OptionName, {value, choices}: {value?: string; choices?: readonly string[]}): Value {
  if (value === undefined) return {kind: 'none'};
  if (choices) return {kind: 'choice', choices};
  if (flag === 'profile') return {kind: 'profile'};
  return {kind: value.startsWith('FILE') ? 'file' : 'free'};
}

/** Lists the profiles of the AWS files in every shell: `aws configure list-profiles` takes half a second. */
export const profilesCommand = [
  `sed -n 's/^\\[\\(profile \\)\\{0,1\\}\\([^] ]*\\)\\]$/\\2/p'`,
  `"$HOME/.aws/config"`,
  `"$HOME/.aws/credentials"`,
  '2>/dev/null',
].join(' ');
