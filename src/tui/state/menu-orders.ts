import type {Check, TargetRow} from './app-state.ts';
import type {Place} from './backend.ts';
import type {Context} from './context.ts';
import {problemView} from './problem-view.ts';

/** An unreachable endpoint or an expired login must not keep the menu waiting. */
const checkLimitMs = 15_000;

/** Local is there from the first frame on; the rest comes when the SDK has been loaded. */
export const firstTargets: readonly TargetRow[] = [{key: 'local', place: {kind: 'local'}, check: {state: 'idle'}}];

/** Finds the targets and looks, in the background and all at once, at what exists in each. */
export async function loadTargets(context: Context): Promise<void> {
  const {store, backend, clock} = context;
  const startedAt = clock();
  const before = store.get().menu;
  store.set({menu: {...before, checking: true}});
  let places: Place[];
  try {
    places = await backend.listTargets();
  } catch (error) {
    if (context.leaving()) return;
    const {title} = problemView(error);
    store.set({
      menu: {...store.get().menu, checking: false},
      toast: {text: title, tone: 'error', until: clock() + 10_000},
    });
    return;
  }
  if (context.leaving()) return;
  const {menu} = store.get();
  const known = new Map(menu.targets.map(row => [row.key, row]));
  const targets = places.map(place => known.get(placeKey(place)) ?? newRow(place));
  const selectedKey = menu.targets[menu.selected]?.key;
  const kept = menu.targets.length > 1 ? targets.findIndex(({key}) => key === selectedKey) : 0;
  store.set({menu: {...menu, targets, selected: Math.max(0, kept)}});
  await Promise.all(targets.map(row => checkTarget(context, row.key)));
  if (context.leaving()) return;
  store.set({menu: {...store.get().menu, checking: false, checkedInMs: clock() - startedAt}});
}

const newRow = (place: Place): TargetRow => ({key: placeKey(place), place, check: {state: 'idle'}});

function placeKey(place: Place): string {
  if (place.kind === 'local') return 'local';
  return place.kind === 'endpoint' ? `endpoint ${place.url}` : `aws ${place.profile ?? ''} ${place.region ?? ''}`;
}

/** Asks one target what exists there. Local is only asked while it runs. */
export async function checkTarget(context: Context, key: string): Promise<void> {
  const {store} = context;
  const row = store.get().menu.targets.find(one => one.key === key);
  if (!row) return;
  const {local} = store.get();
  const place = row.place.kind === 'local' ? local && ({kind: 'endpoint', url: local.endpoint} as const) : row.place;
  if (!place) return setTarget(context, key, {check: {state: 'idle'}});
  setTarget(context, key, {check: {state: 'checking'}});
  const signal = AbortSignal.timeout(checkLimitMs);
  try {
    const stack = row.stack ?? (await context.backend.connect(place));
    if (!context.leaving()) setTarget(context, key, {stack});
    const status = await inTime(stack.status(signal), signal);
    if (!context.leaving()) setTarget(context, key, {check: {state: 'known', status}});
  } catch (error) {
    if (!context.leaving()) setTarget(context, key, {check: {state: 'unreachable', problem: problemView(error)}});
  }
}

function inTime<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Error('No answer in 15 s.')), {once: true});
    promise.then(resolve, reject);
  });
}

/** Changes one row of the menu. */
export function setTarget({store}: Context, key: string, patch: Partial<TargetRow>): void {
  const {menu} = store.get();
  store.set({menu: {...menu, targets: menu.targets.map(row => (row.key === key ? {...row, ...patch} : row))}});
}

/** Local has ended: nothing is known of it any more. */
export function forgetLocal({store}: Context): void {
  const {menu} = store.get();
  const targets = menu.targets.map(row =>
    row.place.kind === 'local' ? {key: row.key, place: row.place, check: {state: 'idle'} as Check} : row,
  );
  store.set({local: undefined, menu: {...menu, targets}});
}

export function moveSelection({store}: Context, by: number): void {
  const {menu} = store.get();
  const selected = Math.min(Math.max(0, menu.selected + by), menu.targets.length - 1);
  store.set({menu: {...menu, selected}});
}
