import type {AppState} from './state/app-state.ts';

export type Group = 'MOVE' | 'ENVIRONMENTS' | 'REQUESTS' | 'LOGS AND EVENTS' | 'TARGETS' | 'ANYWHERE';

/** How help lays the groups out, column by column. */
export const helpColumns: readonly (readonly Group[])[] = [
  ['MOVE'],
  ['ENVIRONMENTS', 'REQUESTS', 'TARGETS'],
  ['LOGS AND EVENTS'],
  ['ANYWHERE'],
];

/** One thing a key does. Footer, help and key handling are all made from this table. */
export type Binding = {
  id: string;
  /** Names as `keyName` gives them. */
  keys: readonly string[];
  /** How the keys are written on the screen. */
  shown: string;
  /** A few words for the footer. */
  label: string | ((state: AppState) => string);
  /** A few more for help; not listed there without. */
  help?: string;
  /** The keys as help writes them, where one entry stands for several. */
  helpKeys?: string;
  group: Group;
  /** Whether the key means anything here. */
  when(state: AppState): boolean;
  /** Why it is off at the moment, in words for the user. */
  off?(state: AppState): string | undefined;
  /** Place in the footer, low ones stay longest when it is narrow; not in the footer without. */
  footer?: number;
};

const onMenu = (state: AppState) => state.screen === 'menu';
const onDashboard = (state: AppState) => state.screen === 'dashboard';
const onProgress = (state: AppState) => state.screen === 'progress';
const running = ({progress}: AppState) => progress?.endedAt === undefined;
const onLists = (state: AppState) => onDashboard(state) || onProgress(state);
const onTarget = (state: AppState) => onMenu(state) || onDashboard(state);

const readOnly = (state: AppState) => (state.readOnly ? 'off: started with --read-only' : undefined);

/** Only for the target under the cursor; the dashboard's own is known to be there. */
const nothingThere = (state: AppState) => {
  if (!onMenu(state)) return undefined;
  const {check, place} = state.menu.targets[state.menu.selected] ?? {};
  if (check?.state === 'unreachable') return 'this target cannot be reached';
  if (check?.state === 'checking') return 'still looking what is there';
  if (check?.state === 'idle' && place?.kind === 'local') return 'nothing is deployed on this machine';
  return check?.state === 'known' && check.status.state === 'absent' ? 'nothing is deployed there' : undefined;
};

const unreachable = ({menu}: AppState) =>
  menu.targets[menu.selected]?.check.state === 'unreachable' ? 'this target cannot be reached' : undefined;

const openLabel = ({menu}: AppState) => {
  const check = menu.targets[menu.selected]?.check;
  const deployed = check?.state === 'known' && check.status.state === 'deployed';
  return deployed ? 'open dashboard' : 'deploy and open';
};

export const bindings: readonly Binding[] = [
  {
    id: 'open',
    keys: ['enter'],
    shown: '↵',
    label: openLabel,
    help: 'open or deploy',
    group: 'TARGETS',
    when: onMenu,
    off: unreachable,
    footer: 1,
  },
  {
    id: 'rescan',
    keys: ['r'],
    shown: 'r',
    label: 'rescan',
    help: 'look again',
    group: 'TARGETS',
    when: onMenu,
    footer: 6,
  },
  {
    id: 'fire',
    keys: ['i'],
    shown: 'i',
    label: 'invoke',
    help: 'invoke once',
    group: 'REQUESTS',
    when: onDashboard,
    off: readOnly,
    footer: 1,
  },
  {
    id: 'burst',
    keys: ['b'],
    shown: 'b',
    label: ({dashboard}) => `burst of ${dashboard?.burst ?? 0} (+ −)`,
    help: 'burst at once',
    group: 'REQUESTS',
    when: onDashboard,
    off: readOnly,
    footer: 2,
  },
  {
    id: 'more',
    keys: ['+', '='],
    shown: '+',
    label: 'larger burst',
    help: 'burst size',
    helpKeys: '+ -',
    group: 'REQUESTS',
    when: onDashboard,
  },
  {
    id: 'fewer',
    keys: ['-', '_'],
    shown: '-',
    label: 'smaller burst',
    group: 'REQUESTS',
    when: onDashboard,
  },
  {
    id: 'rate',
    keys: ['r'],
    shown: 'r',
    label: 'rate',
    help: 'rate 1, 5/s, off',
    group: 'REQUESTS',
    when: onDashboard,
    off: readOnly,
    footer: 8,
  },
  {
    id: 'shutdown',
    keys: ['x'],
    shown: 'x',
    label: 'force SHUTDOWN',
    help: 'SHUTDOWN all',
    group: 'ENVIRONMENTS',
    when: onDashboard,
    off: readOnly,
    footer: 3,
  },
  {
    id: 'details',
    keys: ['enter'],
    shown: '↵',
    label: 'details',
    help: 'details',
    group: 'LOGS AND EVENTS',
    when: onDashboard,
  },
  {
    id: 'filter',
    keys: ['/'],
    shown: '/',
    label: 'filter',
    help: 'filter, ! inverts',
    group: 'LOGS AND EVENTS',
    when: onDashboard,
    footer: 7,
  },
  {
    id: 'follow',
    keys: ['f'],
    shown: 'f',
    label: 'follow',
    help: 'follow on, off',
    group: 'LOGS AND EVENTS',
    when: onLists,
    footer: 9,
  },
  {
    id: 'copy',
    keys: ['y'],
    shown: 'y',
    label: 'copy',
    help: 'copy line',
    group: 'LOGS AND EVENTS',
    when: onDashboard,
    footer: 10,
  },
  {
    id: 'copyUrl',
    keys: ['Y'],
    shown: 'Y',
    label: 'copy URL',
    help: 'copy URL',
    group: 'LOGS AND EVENTS',
    when: onDashboard,
  },
  {
    id: 'next',
    keys: ['tab'],
    shown: 'tab',
    label: 'pane',
    help: 'next, last pane',
    helpKeys: 'tab ⇧tab',
    group: 'MOVE',
    when: onDashboard,
    footer: 6,
  },
  {
    id: 'previous',
    keys: ['shift+tab'],
    shown: '⇧tab',
    label: 'last pane',
    group: 'MOVE',
    when: onDashboard,
  },
  {
    id: 'pane1',
    keys: ['1'],
    shown: '1',
    label: 'environments',
    help: 'go to pane',
    helpKeys: '1-4',
    group: 'MOVE',
    when: onDashboard,
  },
  {id: 'pane2', keys: ['2'], shown: '2', label: 'requests', group: 'MOVE', when: onDashboard},
  {id: 'pane3', keys: ['3'], shown: '3', label: 'events', group: 'MOVE', when: onDashboard},
  {id: 'pane4', keys: ['4'], shown: '4', label: 'logs', group: 'MOVE', when: onDashboard},
  {
    id: 'up',
    keys: ['up', 'k'],
    shown: 'k ↑',
    label: 'up',
    help: 'line',
    helpKeys: 'j k ↑ ↓',
    group: 'MOVE',
    when: () => true,
  },
  {id: 'down', keys: ['down', 'j'], shown: 'j ↓', label: 'down', group: 'MOVE', when: () => true},
  {
    id: 'pageUp',
    keys: ['ctrl+u', 'pageup', 'ctrl+b'],
    shown: '⌃u',
    label: 'page up',
    help: 'half page',
    helpKeys: '⌃d ⌃u',
    group: 'MOVE',
    when: onLists,
  },
  {
    id: 'pageDown',
    keys: ['ctrl+d', 'pagedown', 'ctrl+f'],
    shown: '⌃d',
    label: 'page down',
    group: 'MOVE',
    when: onLists,
  },
  {
    id: 'top',
    keys: ['g', 'home', '<'],
    shown: 'g',
    label: 'top',
    help: 'top, bottom',
    helpKeys: 'g G',
    group: 'MOVE',
    when: onLists,
  },
  {id: 'bottom', keys: ['G', 'end', '>'], shown: 'G', label: 'bottom', group: 'MOVE', when: onLists},
  {
    id: 'zoom',
    keys: ['z'],
    shown: 'z',
    label: 'zoom',
    help: 'zoom pane',
    group: 'MOVE',
    when: onDashboard,
    footer: 8,
  },
  {
    id: 'deploy',
    keys: ['D'],
    shown: 'D',
    label: 'deploy',
    help: 'deploy (again)',
    group: 'ANYWHERE',
    when: onTarget,
    off: readOnly,
    footer: 11,
  },
  {
    id: 'teardown',
    keys: ['T'],
    shown: 'T',
    label: 'teardown',
    help: 'tear down…',
    group: 'ANYWHERE',
    when: onTarget,
    off: state => readOnly(state) ?? nothingThere(state),
    footer: 5,
  },
  {
    id: 'stop',
    keys: ['ctrl+c'],
    shown: 'ctrl-c',
    label: 'stop after the calls in flight (what exists stays)',
    help: 'stop',
    group: 'ANYWHERE',
    when: state => onProgress(state) && running(state),
    footer: 1,
  },
  {
    id: 'continue',
    keys: ['enter'],
    shown: '↵',
    label: 'continue',
    help: 'continue',
    group: 'ANYWHERE',
    when: state => onProgress(state) && !running(state),
    footer: 1,
  },
  {
    id: 'theme',
    keys: ['t'],
    shown: 't',
    label: 'theme',
    help: 'colour theme',
    group: 'ANYWHERE',
    when: () => true,
  },
  {
    id: 'help',
    keys: ['?'],
    shown: '?',
    label: 'help',
    help: 'this help',
    group: 'ANYWHERE',
    when: state => onTarget(state),
    footer: 4,
  },
  {
    id: 'back',
    keys: ['esc'],
    shown: 'esc',
    label: 'back',
    help: 'back, clear',
    group: 'ANYWHERE',
    when: state => onDashboard(state) || (onProgress(state) && !running(state)),
  },
  {
    id: 'suspend',
    keys: ['ctrl+z'],
    shown: '⌃z',
    label: 'suspend',
    help: 'suspend',
    group: 'ANYWHERE',
    when: () => true,
  },
  {
    id: 'interrupt',
    keys: ['ctrl+c'],
    shown: '⌃c',
    label: 'quit at once',
    help: 'quit at once',
    group: 'ANYWHERE',
    when: state => !(onProgress(state) && running(state)),
  },
  {
    id: 'quit',
    keys: ['q'],
    shown: 'q',
    label: 'quit',
    help: 'quit',
    group: 'ANYWHERE',
    when: state => !(onProgress(state) && running(state)),
    footer: 0,
  },
];

/** The binding a key has in this state. */
export const bindingFor = (state: AppState, key: string): Binding | undefined =>
  bindings.find(binding => binding.keys.includes(key) && binding.when(state));

/** The keys in one piece of input: fast typing arrives as a chunk, in which a control character is a key of its own. */
export function keyNames(input: string, key: Partial<Record<string, unknown>>): string[] {
  const name = keyName(input, key);
  if (name !== input || input === 'space') return [name];
  return [...input].map(character => controlNames[character] ?? character);
}

const controlNames: Readonly<Record<string, string>> = {
  ' ': 'space',
  '\r': 'enter',
  '\n': 'enter',
  '\t': 'tab',
  '\x1b': 'esc',
  '\x7f': 'backspace',
  '\b': 'backspace',
  '\x03': 'ctrl+c',
  '\x15': 'ctrl+u',
};

/** Ink's view of a key as one name: `enter`, `esc`, `shift+tab`, `ctrl+d`, `pageup`, or the character. */
function keyName(input: string, key: Partial<Record<string, unknown>>): string {
  for (const [flag, name] of specialKeys)
    if (key[flag] === true) return name === 'tab' && key.shift ? 'shift+tab' : name;
  if (key.ctrl === true) return `ctrl+${input}`;
  return input === ' ' ? 'space' : input;
}

const specialKeys = [
  ['return', 'enter'],
  ['escape', 'esc'],
  ['tab', 'tab'],
  ['upArrow', 'up'],
  ['downArrow', 'down'],
  ['leftArrow', 'left'],
  ['rightArrow', 'right'],
  ['pageUp', 'pageup'],
  ['pageDown', 'pagedown'],
  ['home', 'home'],
  ['end', 'end'],
  ['backspace', 'backspace'],
  ['delete', 'delete'],
] as const;
