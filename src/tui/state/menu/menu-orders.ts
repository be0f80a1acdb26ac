import type {Place, Stack} from '../../backend/backend.ts';
import type {Check, TargetRow} from '../app-state.ts';
import type {Context} from '../context.ts';
import {problemView} from '../problem-view.ts';

/** An unreachable endpoint or an expired login must not keep the menu waiting. */
const checkLimitMs = 15_000;

/** Local is there from the first frame on; the rest comes when the SDK has been loaded. */
export const firstTargets: readonly TargetRow[] = [{key: 'local', place: {kind: 'local'}, check: {state: 'idle'}}];

/** Finds the targets and looks, in the background and all at once, at what exists in each. */
export async function loadTargets(context: Context): Promise<void> {
  const {store, backend, clock} = context;
  const startedAt = clock();
  updateMenu(context, {checking: true, problem: undefined});
  void backend.lastSession().then(lastSession => {
    if (lastSession && !context.leaving()) updateMenu(context, {lastSession});
  }, ignored);
  let places: Place[];
  try {
    places = await backend.listTargets();
  } catch (error) {
    if (!context.leaving()) updateMenu(context, {checking: false, problem: problemView(error)});
    return;
  }
  if (context.leaving()) return;
  const {menu} = store.get();
  const known = new Map(menu.targets.map(row => [row.key, row]));
  const targets = withAdded(places, menu.added).map(place => {
    const row = known.get(placeKey(place));
    return row ? {...row, place} : newRow(place);
  });
  const selectedKey = menu.targets[menu.selected]?.key;
  const kept = menu.targets.length > 1 ? targets.findIndex(({key}) => key === selectedKey) : 0;
  updateMenu(context, {targets, selected: Math.max(0, kept)});
  await Promise.all(targets.map(row => checkTarget(context, row.key)));
  if (!context.leaving()) updateMenu(context, {checking: false, checkedInMs: clock() - startedAt});
}

const ignored = () => undefined;
const newRow = (place: Place): TargetRow => ({key: placeKey(place), place, check: {state: 'idle'}});

/** Each added region behind the others of its profile. */
function withAdded(places: readonly Place[], added: readonly Place[]): Place[] {
  const all = [...places];
  for (const place of added) {
    if (all.some(one => placeKey(one) === placeKey(place))) continue;
    const last = all.findLastIndex(one => sameProfile(one, place));
    all.splice(last < 0 ? all.length : last + 1, 0, place);
  }
  return all;
}

const sameProfile = (one: Place, other: Place) =>
  one.kind === 'aws' && other.kind === 'aws' && one.profile === other.profile;

function placeKey(place: Place): string {
  if (place.kind === 'local') return 'local';
  return place.kind === 'endpoint' ? `endpoint ${place.url}` : `aws ${place.profile ?? ''} ${place.region ?? ''}`;
}

/** Puts another region of a profile into the menu, selects it and looks at it. It stays there for this run. */
export function addTarget(context: Context, place: Place, stack: Stack): void {
  const {menu} = context.store.get();
  const key = placeKey(place);
  const known = menu.targets.some(row => row.key === key);
  const added = known ? menu.added : [...menu.added, place];
  const rows = new Map(menu.targets.map(row => [row.key, row]));
  const places = menu.targets.map(row => row.place);
  const targets = withAdded(places, added).map(one => rows.get(placeKey(one)) ?? {...newRow(one), stack});
  updateMenu(context, {targets, added, selected: targets.findIndex(row => row.key === key)});
  void checkTarget(context, key);
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
    // What cannot be counted is not shown; that it is deployed is.
    const warm = status.state === 'deployed' ? await inTime(stack.countWarm(signal), signal).catch(ignored) : undefined;
    if (!context.leaving()) setTarget(context, key, {check: {state: 'known', status}, warm});
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

/** Changes one row of the menu. A member set to undefined is removed. */
export function setTarget(
  context: Context,
  key: string,
  patch: {[Member in keyof TargetRow]?: TargetRow[Member] | undefined},
): void {
  const {targets} = context.store.get().menu;
  updateMenu(context, {targets: targets.map(row => (row.key === key ? merged(row, patch) : row))});
}

type Menu = ReturnType<Context['store']['get']>['menu'];

function updateMenu({store}: Context, patch: {[Member in keyof Menu]?: Menu[Member] | undefined}): void {
  store.set({menu: merged(store.get().menu, patch)});
}

function merged<Part extends object>(part: Part, patch: object): Part {
  const all = Object.entries({...part, ...patch}).filter(([, value]) => value !== undefined);
  return Object.fromEntries(all) as Part;
}

/** Local has ended: nothing is known of it any more. */
export function forgetLocal(context: Context): void {
  const {targets} = context.store.get().menu;
  context.store.set({local: undefined});
  updateMenu(context, {
    targets: targets.map(row =>
      row.place.kind === 'local' ? {key: row.key, place: row.place, check: {state: 'idle'} as Check} : row,
    ),
  });
}

export function moveSelection(context: Context, by: number): void {
  const {menu} = context.store.get();
  updateMenu(context, {selected: Math.min(Math.max(0, menu.selected + by), menu.targets.length - 1)});
}
