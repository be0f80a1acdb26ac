import {type Environment, isLive} from '../../../lifecycle/environment.ts';
import type {Forecast} from '../../../lifecycle/forecast.ts';
import {startingEnvironments} from '../../../lifecycle/starting.ts';
import type {EnvironmentItem} from '../../presentation/environment-row.ts';
import {matcher} from '../../ui/matches.ts';
import type {List} from '../../ui/viewport.ts';
import type {DashboardState} from '../app-state.ts';

/** How the environments can be ordered, in the order that a key goes through. */
export const environmentOrders = ['age', 'next to go', 'runs', 'idle longest'] as const;
export type EnvironmentOrder = (typeof environmentOrders)[number];

type Rank = (environment: Environment, forecasts: ReadonlyMap<string, Forecast>) => number;

/** Lower ones first; what is equal stays in order of age. */
const ranks: Record<EnvironmentOrder, Rank> = {
  age: () => 0,
  'next to go': ({id, idleSince}, forecasts) => {
    const forecast = forecasts.get(id);
    if (!forecast || idleSince === undefined) return Number.MAX_VALUE;
    return forecast.beyond ? idleSince - Number.MAX_SAFE_INTEGER : idleSince + forecast.medianMs;
  },
  runs: ({invocations}) => -invocations,
  'idle longest': ({state, idleSince}) => (state === 'idle' ? (idleSince ?? 0) : Number.MAX_VALUE),
};

type Source = Pick<DashboardState['data'], 'environments' | 'forecasts'> & {order: EnvironmentOrder; filter: string};
let last: (Source & {functionName: string; items: readonly EnvironmentItem[]}) | undefined;

/**
 * The environments as they are drawn: live ones in the order asked for, those that are just starting, then those that
 * were reset and those that have gone, newest first: what still runs is never scrolled away. Kept until something that matters has changed.
 */
export function environmentList(dashboard: DashboardState): List<EnvironmentItem> {
  const {data, views, stack, environmentOrder: order} = dashboard;
  const {environments} = data;
  const {filter} = views.environments;
  const {functionName} = stack;
  // Forecasts are new every second, and only one order looks at them.
  const forecasts = order === 'next to go' ? data.forecasts : noForecasts;
  const same =
    last?.environments === environments &&
    last.forecasts === forecasts &&
    last.order === order &&
    last.filter === filter &&
    last.functionName === functionName;
  if (!last || !same) {
    const source = {environments, forecasts, order, filter, functionName};
    last = {...source, items: itemsOf(source)};
  }
  return {items: last.items, keyOf: itemKey, newestAt: 'top'};
}

const noForecasts: ReadonlyMap<string, Forecast> = new Map();

export const itemKey = (item: EnvironmentItem): string => (item.state === 'init' ? item.stream : item.id);

function itemsOf({environments, forecasts, order, filter, functionName}: Source & {functionName: string}) {
  const rank = ranks[order];
  const live: {environment: Environment; rank: number}[] = [];
  const ended: Environment[] = [];
  for (const environment of environments.list) {
    if (isLive(environment)) live.push({environment, rank: rank(environment, forecasts)});
    else ended.push(environment);
  }
  live.sort((a, b) => a.rank - b.rank);
  const goneLast = ({state}: Environment) => (state === 'gone' ? 1 : 0);
  ended.sort((a, b) => goneLast(a) - goneLast(b) || (b.shutdown?.at ?? 0) - (a.shutdown?.at ?? 0));
  const starting = startingEnvironments(environments, functionName);
  const items: EnvironmentItem[] = [...live.map(({environment}) => environment), ...starting, ...ended];
  if (filter === '') return items;
  const matches = matcher(filter);
  return items.filter(item => matches(itemText(item)));
}

function itemText(item: EnvironmentItem): string {
  if (item.state === 'init') return `init ${item.stream}`;
  const {id, state, shutdown, logStream = ''} = item;
  return isLive(item)
    ? `${id} ${state} ${logStream}`
    : `${id} ${state} shutdown ${shutdown?.reason ?? ''} ${logStream}`;
}
