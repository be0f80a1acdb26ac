import {type CommandGrammar, grammar, type OptionGrammar, profilesCommand} from './grammar.ts';

/** Completes for zsh, from a file `_lifecycle-tui` in its `fpath` or sourced after `compinit`. */
export function zshScript(): string {
  const [app, ...named] = grammar as readonly [CommandGrammar, ...CommandGrammar[]];
  const described = named.map(({name, summary}) => `    ${quoted(`${name}:${summary.replaceAll(':', '\\:')}`)}`);
  return `#compdef lifecycle-tui
# zsh completion of lifecycle-tui; for this shell: source <(lifecycle-tui completion zsh)
_lifecycle_tui_profiles() {
  compadd -- \${(f)"$(${profilesCommand})"}
}
_lifecycle_tui() {
  local curcontext="$curcontext" state line
  local -a commands
  commands=(
${described.join('\n')}
  )
  _arguments -C ${specs(app)} '1: :->command' '*:: :->rest'
  case $state in
    command) _describe -t commands command commands ;;
    rest)
      case $words[1] in
${named.map(one => `        ${one.name}) _arguments ${specs(one)}${argument(one)} ;;`).join('\n')}
      esac ;;
  esac
}
if [[ $funcstack[1] == _lifecycle-tui ]]; then
  _lifecycle_tui "$@"
else
  compdef _lifecycle_tui lifecycle-tui
fi`;
}

const specs = ({options}: CommandGrammar) => options.map(spec).join(' ');

const argument = ({choices}: CommandGrammar) => (choices.length === 0 ? '' : ` '1: :(${choices.join(' ')})'`);

/** `--how[words]:placeholder:(a b)`; with a short form both, of which only one is taken. */
function spec({flag, short, help, value, placeholder = ''}: OptionGrammar): string {
  const words = `[${help.replace(/[[\]:]/g, '\\$&')}]`;
  const after = value.kind === 'none' ? '' : `:${placeholder.replaceAll(':', '')}:${action(value)}`;
  if (short === undefined) return quoted(`--${flag}${after === '' ? '' : '='}${words}${after}`);
  return [`-${short}`, `--${flag}`].map(one => quoted(`(-${short} --${flag})${one}${words}${after}`)).join(' ');
}

function action(value: OptionGrammar['value']): string {
  switch (value.kind) {
    case 'choice':
      return `(${value.choices.join(' ')})`;
    case 'file':
      return '_files';
    case 'profile':
      return '_lifecycle_tui_profiles';
    default:
      return ' ';
  }
}

const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
