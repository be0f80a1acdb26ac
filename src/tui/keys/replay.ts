import {fastest, slowest} from '../../operate/replay/speeds.ts';
import type {AppState} from '../state/app-state.ts';
import {someNumber} from './argument.ts';
import type {Binding} from './binding.ts';

const inReplay = ({replay}: AppState) => replay !== undefined;
const over = ({replay}: AppState) => (replay?.ended ? 'end of the recording' : undefined);

export const replayBindings: readonly Binding[] = [
  {
    id: 'togglePlay',
    keys: ['space'],
    shown: 'space',
    label: ({replay}) => (replay?.playing ? 'pause' : 'continue'),
    help: 'pause, continue',
    group: 'REPLAY',
    when: inReplay,
    off: over,
    footer: 1,
  },
  {
    id: 'stepReplay',
    keys: ['.'],
    shown: '.',
    label: 'step',
    help: 'one message on',
    group: 'REPLAY',
    when: inReplay,
    off: over,
    footer: 2,
  },
  {
    id: 'slower',
    keys: ['('],
    shown: '( )',
    alone: 'slower',
    label: 'speed',
    help: 'slower, faster',
    group: 'REPLAY',
    when: inReplay,
    off: over,
    footer: 3,
  },
  {id: 'faster', keys: [')'], shown: ')', label: 'faster', group: 'REPLAY', when: inReplay, off: over},
  {
    id: 'speed',
    keys: [],
    shown: ':speed',
    label: 'how fast it is played',
    argument: someNumber(slowest, fastest),
    group: 'REPLAY',
    when: inReplay,
    off: over,
  },
];
