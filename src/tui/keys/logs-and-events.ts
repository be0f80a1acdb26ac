import type {AppState} from '../state/app-state.ts';
import {logSources} from '../state/lists/log-items.ts';
import {anyText, fileName, oneOf} from './argument.ts';
import type {Binding} from './binding.ts';
import {onDashboard, onLists, onOtherPanes} from './conditions.ts';

const focused = ({dashboard}: AppState) => dashboard?.views[dashboard.focus];

const nothingToInvert = (state: AppState) =>
  focused(state)?.filter === '' ? 'there is no filter to invert, / takes one' : undefined;

const nothingSearched = (state: AppState) => {
  const view = focused(state);
  return view?.filter === '' && view.search === '' ? 'nothing has been searched for, / takes a filter' : undefined;
};

const notLogs = ({dashboard}: AppState) =>
  dashboard?.focus === 'logs' ? undefined : 'only log lines wrap, 4 goes to them';

const notLong = ({dashboard}: AppState) => {
  if (dashboard?.focus !== 'logs' && dashboard?.focus !== 'events')
    return 'only events and logs go sideways, 3 and 4 go there';
  return dashboard.focus === 'logs' && dashboard.views.logs.wrap ? 'lines are wrapped, w unwraps them' : undefined;
};

export const logAndEventBindings: readonly Binding[] = [
  {
    id: 'details',
    keys: ['enter'],
    shown: '↵',
    label: 'details',
    help: 'details (JSON)',
    group: 'LOGS AND EVENTS',
    when: onOtherPanes,
  },
  {
    id: 'filter',
    keys: ['/'],
    shown: '/',
    label: 'filter',
    help: 'filter, regex',
    argument: anyText('REGEX'),
    group: 'LOGS AND EVENTS',
    when: onDashboard,
    footer: 7,
  },
  {
    id: 'invert',
    keys: ['!'],
    shown: '!',
    label: 'invert filter',
    help: 'invert filter',
    group: 'LOGS AND EVENTS',
    when: onDashboard,
    off: nothingToInvert,
  },
  {
    id: 'nextMatch',
    keys: ['n'],
    shown: 'n',
    label: 'next match',
    help: 'go to match',
    helpKeys: 'n N',
    group: 'LOGS AND EVENTS',
    when: onDashboard,
    off: nothingSearched,
  },
  {
    id: 'lastMatch',
    keys: ['N'],
    shown: 'N',
    label: 'match before',
    group: 'LOGS AND EVENTS',
    when: onDashboard,
    off: nothingSearched,
  },
  {
    id: 'follow',
    keys: ['f'],
    shown: 'f',
    label: 'follow',
    help: 'follow on, off',
    group: 'LOGS AND EVENTS',
    when: onLists,
    footer: 10,
  },
  {
    id: 'mark',
    keys: ['m'],
    shown: 'm',
    label: 'mark',
    help: 'draw a mark',
    group: 'LOGS AND EVENTS',
    when: onDashboard,
  },
  {
    id: 'source',
    keys: ['a'],
    shown: 'a',
    label: "other function's logs",
    help: 'logs of which',
    argument: oneOf(logSources),
    group: 'LOGS AND EVENTS',
    when: onDashboard,
  },
  {
    id: 'wrap',
    keys: ['w'],
    shown: 'w',
    label: 'wrap',
    help: 'wrap long lines',
    group: 'LOGS AND EVENTS',
    when: onDashboard,
    off: notLogs,
  },
  {
    id: 'slideLeft',
    keys: ['h', 'left'],
    shown: 'h ←',
    label: 'sideways, left',
    help: 'sideways',
    helpKeys: 'h l ← →',
    group: 'LOGS AND EVENTS',
    when: onDashboard,
    off: notLong,
  },
  {
    id: 'slideRight',
    keys: ['l', 'right'],
    shown: 'l →',
    label: 'sideways, right',
    group: 'LOGS AND EVENTS',
    when: onDashboard,
    off: notLong,
  },
  {
    id: 'save',
    keys: ['s'],
    shown: 's',
    label: 'save',
    help: 'save to file',
    argument: fileName,
    group: 'LOGS AND EVENTS',
    when: onDashboard,
    footer: 15,
  },
  {
    id: 'copy',
    keys: ['y'],
    shown: 'y',
    alone: 'copy line',
    label: 'copy',
    help: 'copy line, pane',
    helpKeys: 'y Y',
    group: 'LOGS AND EVENTS',
    when: onDashboard,
    footer: 11,
  },
  {
    id: 'copyPane',
    keys: ['Y'],
    shown: 'Y',
    label: 'copy pane',
    group: 'LOGS AND EVENTS',
    when: onDashboard,
  },
  {
    id: 'copyAs',
    keys: ['c'],
    shown: 'c',
    alone: 'copy as id, curl, JSON, message',
    label: 'copy as…',
    help: 'copy as…',
    group: 'LOGS AND EVENTS',
    when: onDashboard,
  },
  {
    id: 'copyUrl',
    keys: ['u'],
    shown: 'u',
    label: 'copy URL',
    help: 'copy URL',
    group: 'LOGS AND EVENTS',
    when: onDashboard,
  },
];
