import {allOptions, type CommandGrammar, grammar, type OptionGrammar, profilesCommand} from './grammar.ts';

/** Completes for fish 3 and newer, with nothing of fish's own library. */
export function fishScript(): string {
  const named = grammar.filter(({name}) => name !== '');
  return [
    '# fish completion of lifecycle-tui; for this shell: lifecycle-tui completion fish | source',
    commandTest(),
    'complete -c lifecycle-tui -f',
    ...named.map(({name, summary}) => `${complete('')} -a ${name} -d ${quoted(summary)}`),
    ...grammar.flatMap(lines),
  ].join('\n');
}

/** Whether the command on the line is this one; the value of an option is not taken for it. */
function commandTest(): string {
  const valued = allOptions.filter(({value}) => value.kind !== 'none');
  const names = valued.flatMap(({flag, short}) => [`--${flag}`, ...(short === undefined ? [] : [`-${short}`])]);
  return `function __lifecycle_tui_command
  set -l words (commandline -opc)
  set -l skip 1
  for word in $words
    if test $skip = 1
      set skip 0
      continue
    end
    switch $word
      case ${names.join(' ')}
        set skip 1
      case '-*'
      case '*'
        test "$word" = "$argv[1]"
        return
    end
  end
  test "$argv[1]" = ''
end`;
}

const complete = (name: string) =>
  `complete -c lifecycle-tui -n ${quoted(`__lifecycle_tui_command ${name === '' ? '""' : name}`)}`;

function lines({name, options, choices}: CommandGrammar): string[] {
  return [
    ...options.map(option => `${complete(name)} ${words(option)}`),
    ...(choices.length === 0 ? [] : [`${complete(name)} -a ${quoted(choices.join(' '))}`]),
  ];
}

function words({flag, short, help, value}: OptionGrammar): string {
  const names = `-l ${flag}${short === undefined ? '' : ` -s ${short}`}`;
  return `${names}${taken(value)} -d ${quoted(help)}`;
}

function taken(value: OptionGrammar['value']): string {
  switch (value.kind) {
    case 'none':
      return '';
    case 'free':
      return ' -x';
    case 'file':
      return ' -r -F';
    case 'choice':
      return ` -x -a ${quoted(value.choices.join(' '))}`;
    case 'profile':
      return ` -x -a ${quoted(`(${profilesCommand})`)}`;
  }
}

/** In fish's single quotes only the quote itself and the backslash mean something. */
const quoted = (text: string) => `'${text.replace(/[\\']/g, '\\$&')}'`;
