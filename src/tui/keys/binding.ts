import type {AppState} from '../state/app-state.ts';
import type {Argument} from './argument.ts';

export type Group = 'MOVE' | 'ENVIRONMENTS' | 'REQUESTS' | 'LOGS AND EVENTS' | 'TARGETS' | 'REPLAY' | 'ANYWHERE';

/** How help lays the groups out, column by column. */
export const helpColumns: readonly (readonly Group[])[] = [
  ['MOVE'],
  ['ENVIRONMENTS', 'REQUESTS', 'TARGETS'],
  ['LOGS AND EVENTS', 'REPLAY'],
  ['ANYWHERE'],
];

/** One thing a key does. Footer, help and key handling are all made from this table. */
export type Binding = {
  id: string;
  /** Names as `keyName` gives them; none for what is only run by its name. */
  keys: readonly string[];
  /** How the keys are written on the screen. */
  shown: string;
  /** A few words for the footer. */
  label: string | ((state: AppState) => string);
  /** A few more for help; not listed there without. */
  help?: string;
  /** What this key does on its own, for the palette and docs/keys.md, where neither label nor help says that. */
  alone?: string;
  /** The keys as help writes them, where one entry stands for several. */
  helpKeys?: string;
  group: Group;
  /** What its name can be followed by in the command palette. */
  argument?: Argument;
  /** Whether the key means anything here. */
  when(state: AppState): boolean;
  /** Why it is off at the moment, in words for the user. */
  off?(state: AppState): string | undefined;
  /** Place in the footer, low ones stay longest when it is narrow; not in the footer without. */
  footer?: number;
};

/** What one key does, whatever else its entry in help stands for. */
export function wordsOf({label, help, helpKeys, alone}: Binding, state?: AppState): string {
  if (alone !== undefined) return alone;
  if (help !== undefined && (helpKeys === undefined || typeof label !== 'string')) return help;
  return typeof label === 'string' ? label : state === undefined ? '' : label(state);
}
