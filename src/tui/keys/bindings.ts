import type {AppState} from '../state/app-state.ts';
import {anywhereBindings} from './anywhere.ts';
import type {Binding} from './binding.ts';
import {environmentBindings} from './environments.ts';
import {logAndEventBindings} from './logs-and-events.ts';
import {moveBindings} from './move.ts';
import {replayBindings} from './replay.ts';
import {requestBindings} from './requests.ts';
import {asciiKeys} from './shown-key.ts';
import {targetBindings} from './targets.ts';

/** All keys; the footer shows them in this order. */
export const bindings: readonly Binding[] = [
  ...replayBindings,
  ...targetBindings,
  ...requestBindings,
  ...environmentBindings,
  ...logAndEventBindings,
  ...moveBindings,
  ...anywhereBindings,
];

/** The same, their keys written in ASCII. */
export const inAsciiKeys = (all: readonly Binding[]): Binding[] =>
  all.map(({helpKeys, ...binding}) => ({
    ...binding,
    shown: asciiKeys(binding.shown),
    ...(helpKeys !== undefined && {helpKeys: asciiKeys(helpKeys)}),
  }));

/** Those that are in use: with the user's own keys, if there are any. */
export const bindingsOf = ({ownBindings}: Pick<AppState, 'ownBindings'>): readonly Binding[] => ownBindings ?? bindings;

/** The binding a key has in this state. */
export const bindingFor = (state: AppState, key: string): Binding | undefined =>
  bindingsOf(state).find(binding => binding.keys.includes(key) && binding.when(state));
