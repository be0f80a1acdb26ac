/** Where a list is looked at. With `follow` the newest row is the current one. */
export type View = {
  follow: boolean;
  /** Key of the current row, when it does not follow. */
  key?: string;
  /** The current row's place on the screen, from the top. */
  row: number;
  filter: string;
};

export const followingView: View = {follow: true, row: 0, filter: ''};

/** Rows in the order they are drawn, and which end new ones come in at. */
export type List<Item> = {items: readonly Item[]; keyOf(item: Item): string; newestAt: 'top' | 'bottom'};

/** The rows that fit; `current` indexes `items`, −1 when empty. */
export type Viewport<Item> = {items: readonly Item[]; current: number; above: number; below: number};

/** The rows that fit into `height`, with the current row among them: only these reach the renderer. */
export function viewport<Item>(list: List<Item>, view: View, height: number): Viewport<Item> {
  const {items, newestAt} = list;
  if (items.length === 0 || height <= 0) return {items: [], current: -1, above: 0, below: items.length};
  const index = currentIndex(list, view);
  const row = view.follow ? (newestAt === 'bottom' ? height - 1 : 0) : Math.min(view.row, height - 1);
  const top = clamp(index - row, 0, Math.max(0, items.length - height));
  const shown = items.slice(top, top + height);
  return {items: shown, current: index - top, above: top, below: items.length - top - shown.length};
}

/** The current row's index in the whole list: the newest when following, the oldest when its row has been dropped. */
export function currentIndex<Item>({items, keyOf, newestAt}: List<Item>, view: View): number {
  if (view.follow || view.key === undefined) return newestAt === 'top' ? 0 : items.length - 1;
  const index = items.findIndex(item => keyOf(item) === view.key);
  if (index >= 0) return index;
  return newestAt === 'top' ? items.length - 1 : 0;
}

/** Moves the current row by `by` rows. Following stops on the way to older rows and starts again at the newest one. */
export function moveView<Item>(list: List<Item>, view: View, by: number, height: number): View {
  const {items, keyOf, newestAt} = list;
  if (items.length === 0) return view;
  const from = currentIndex(list, view);
  const to = clamp(from + by, 0, items.length - 1);
  if (to === from && !view.follow) return view;
  const toNewest = newestAt === 'top' ? by < 0 && to === 0 : by > 0 && to === items.length - 1;
  const row = clamp(viewport(list, view, height).current + to - from, 0, Math.max(0, height - 1));
  return {...view, key: keyOf(items[to]!), row, follow: toNewest};
}

const clamp = (value: number, least: number, most: number) => Math.min(Math.max(value, least), most);
