import {allOptions, type CommandGrammar, grammar, type OptionGrammar, profilesCommand} from './grammar.ts';

/** Completes for bash 3.2 and newer, without the package bash-completion. */
export function bashScript(): string {
  const named = grammar.filter(({name}) => name !== '');
  return `# bash completion of lifecycle-tui; for this shell: source <(lifecycle-tui completion bash)
_lifecycle_tui() {
  local word="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" command= i
  # bash takes --how=update for three words.
  if [[ $word == = ]]; then
    word=
  elif [[ $previous == = ]]; then
    previous="\${COMP_WORDS[COMP_CWORD-2]}"
  fi
  COMPREPLY=()
  case $previous in
${valueCases()}
  esac
  for ((i = 1; i < COMP_CWORD; i++)); do
    case \${COMP_WORDS[i]} in
      ${valued().join(' | ')}) ((i++)); [[ \${COMP_WORDS[i]} == = ]] && ((i++)) ;;
      -*) ;;
      *) command=\${COMP_WORDS[i]}; break ;;
    esac
  done
  local words
  case $command in
${grammar.map(commandCase).join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$word"))
}
complete -F _lifecycle_tui lifecycle-tui`;

  function commandCase({name, options, choices}: CommandGrammar): string {
    const flags = options.flatMap(({flag, short}) => [`--${flag}`, ...(short === undefined ? [] : [`-${short}`])]);
    const others = name === '' ? [...named.map(one => one.name), 'help'] : choices;
    return `    ${name === '' ? "''" : name}) if [[ $word == -* ]]; then words='${flags.join(' ')}'; else words='${others.join(' ')}'; fi ;;`;
  }
}

const flagPattern = ({flag, short}: OptionGrammar) => `--${flag}${short === undefined ? '' : ` | -${short}`}`;
const valued = () => allOptions.filter(({value}) => value.kind !== 'none').map(flagPattern);

function valueCases(): string {
  return allOptions
    .flatMap(option => {
      const found = completed(option);
      return found === undefined ? [] : [`    ${flagPattern(option)}) ${found}return ;;`];
    })
    .join('\n');
}

function completed({value}: OptionGrammar): string | undefined {
  switch (value.kind) {
    case 'none':
      return undefined;
    case 'free':
      return '';
    case 'choice':
      return `COMPREPLY=($(compgen -W '${value.choices.join(' ')}' -- "$word")); `;
    case 'file':
      return `COMPREPLY=($(compgen -f -- "$word")); `;
    case 'profile':
      return `COMPREPLY=($(compgen -W "$(${profilesCommand})" -- "$word")); `;
  }
}
