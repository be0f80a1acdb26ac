import {leadingRows, type Rows} from '../../operate/rows.ts';

/** What the rows of a list are in order of. */
type Order = number | string;

/** A row that is remembered: by its key, and by its place in the order should it be gone. */
type RowMark = {key: string; order?: Order};

/** Where a list is looked at. With `follow` the newest row is the current one. */
export type View = {
  follow: boolean;
  /** The current row, when it does not follow, and its place in the order. */
  key?: string;
  order?: Order;
  /** The newest row when following stopped. */
  seen?: RowMark;
  /** The current row's place on the screen, from the top. */
  row: number;
  /** Only matching rows are shown. */
  filter: string;
  /** A filter that was cleared: all rows are shown, matches are highlighted and can be gone to. */
  search: string;
  /** Filters typed before, newest last. */
  typed: readonly string[];
  /** Long rows go over several lines. */
  wrap: boolean;
  /** Cells that are out of sight on the left. */
  left: number;
};

export const followingView: View = {
  follow: true,
  row: 0,
  filter: '',
  search: '',
  typed: [],
  wrap: false,
  left: 0,
};

/** Rows as they are drawn from top to bottom, and which end new ones come in at. */
export type List<Item> = {
  items: Rows<Item>;
  keyOf(item: Item): string;
  newestAt: 'top' | 'bottom';
  /** What the rows are in order of, larger is newer; without it rows are looked for one by one. */
  orderOf?(item: Item): Order;
  /** The newest row of all, those that a filter hides included; without it the newest of `items`. */
  newest?(): Item | undefined;
  /** Places in the order of rows that the user put there: they are no news. */
  own?: readonly Order[];
};

/**
 * The rows that fit; `current` indexes `items`, −1 when empty. `cut`: lines of the first row that are out of sight.
 * `above` and `below` count rows.
 */
export type Viewport<Item> = {items: readonly Item[]; current: number; cut: number; above: number; below: number};

/** The lines a row takes on the screen, at least 1. */
export type LinesOf<Item> = (item: Item) => number;
const oneLine = () => 1;

/** The rows that fit into `height` lines, with the current row among them: only these reach the renderer. */
export function viewport<Item>(
  list: List<Item>,
  view: View,
  height: number,
  linesOf: LinesOf<Item> = oneLine,
): Viewport<Item> {
  const {items, newestAt} = list;
  if (items.length === 0 || height <= 0) return {items: [], current: -1, cut: 0, above: 0, below: items.length};
  const index = currentIndex(list, view);
  const own = linesOf(items.at(index)!);
  const wanted = view.follow ? (newestAt === 'bottom' ? height : 0) : view.row;
  const row = clamp(wanted, 0, Math.max(0, height - own));
  const up = lead(list, index, row, linesOf);
  let used = row - up.missing + own;
  let end = index + 1;
  for (; end < items.length && used < height; end++) used += linesOf(items.at(end)!);
  // Room that is left below the last row is filled from above.
  const {first, cut} = used < height ? lead(list, index, height - used + row - up.missing, linesOf) : up;
  return {items: items.slice(first, end), current: index - first, cut, above: first, below: items.length - end};
}

/** The first row to draw for `lines` lines above the row at `index`; `missing` of them there are not. */
function lead<Item>({items}: List<Item>, index: number, lines: number, linesOf: LinesOf<Item>) {
  let first = index;
  let found = 0;
  while (found < lines && first > 0) {
    first -= 1;
    found += linesOf(items.at(first)!);
  }
  return {first, cut: Math.max(0, found - lines), missing: Math.max(0, lines - found)};
}

/** The current row's index in the whole list: the newest when following, the next one when its row has gone. */
export function currentIndex<Item>(list: List<Item>, view: View): number {
  const {items, newestAt} = list;
  const {follow, key, order} = view;
  if (follow || key === undefined) return newestAt === 'top' ? 0 : items.length - 1;
  return clamp(placeOf(list, {key, ...(order !== undefined && {order})}).index, 0, Math.max(0, items.length - 1));
}

/** Where a remembered row is; when it has gone, where it would be, or the oldest row's place without an order. */
export function placeOf<Item>(list: List<Item>, {key, order}: RowMark): {index: number; found: boolean} {
  const {items, keyOf, newestAt, orderOf} = list;
  if (!orderOf || order === undefined) {
    const index = items.findIndex(item => keyOf(item) === key);
    return index < 0 ? {index: newestAt === 'top' ? items.length : 0, found: false} : {index, found: true};
  }
  const before = (item: Item) => (newestAt === 'bottom' ? orderOf(item) < order : orderOf(item) > order);
  const first = leadingRows(items, before);
  for (let index = first; index < items.length && orderOf(items.at(index)!) === order; index++) {
    if (keyOf(items.at(index)!) === key) return {index, found: true};
  }
  return {index: first, found: false};
}

/** What a row is remembered by. */
export const markOf = <Item>({keyOf, orderOf}: List<Item>, item: Item): RowMark => ({
  key: keyOf(item),
  ...(orderOf && {order: orderOf(item)}),
});

/** The view with the row at `index` as the current one, where it is on the screen already if it is. */
export function viewAt<Item>(
  list: List<Item>,
  view: View,
  index: number,
  height: number,
  linesOf: LinesOf<Item> = oneLine,
): View {
  const {items, newestAt, newest} = list;
  if (items.length === 0) return view;
  const to = clamp(index, 0, items.length - 1);
  const shown = viewport(list, view, height, linesOf);
  const from = shown.above + shown.current;
  const lines = (first: number, end: number) => {
    let sum = 0;
    for (let at = first; at < end && sum <= height; at++) sum += linesOf(items.at(at)!);
    return sum;
  };
  const before = lines(shown.above, from) - shown.cut;
  const row = before + lines(from, to) - lines(to, from);
  const {seen = markOf(list, newest?.() ?? items.at(newestAt === 'top' ? 0 : items.length - 1)!)} = view;
  const last = Math.max(0, height - linesOf(items.at(to)!));
  return {...view, follow: false, ...markOf(list, items.at(to)!), row: clamp(row, 0, last), seen};
}

/** Moves the current row by `by` rows. Following stops on the way to older rows and starts again at the newest one. */
export function moveView<Item>(
  list: List<Item>,
  view: View,
  by: number,
  height: number,
  linesOf: LinesOf<Item> = oneLine,
): View {
  const {items, newestAt} = list;
  if (items.length === 0) return view;
  const from = currentIndex(list, view);
  const to = clamp(from + by, 0, items.length - 1);
  if (to === from && !view.follow) return view;
  const toNewest = newestAt === 'top' ? by < 0 && to === 0 : by > 0 && to === items.length - 1;
  return toNewest ? followed(view) : viewAt(list, view, to, height, linesOf);
}

/** The view at the newest row, which it then follows. */
export function followed(view: View): View {
  const {key: _key, order: _order, seen: _seen, ...rest} = view;
  return {...rest, follow: true, row: 0};
}

/** How many rows are newer than the newest one when following stopped, whatever was filtered then or is now. */
export function newRows<Item>(list: List<Item>, {follow, seen}: View): number {
  if (follow || !seen) return 0;
  const {items, newestAt, orderOf, own = []} = list;
  const {index, found} = placeOf(list, seen);
  if (newestAt === 'top') return index;
  let first = found ? index + 1 : index;
  // Where it is hidden, one of the same time may well be older.
  if (!found && orderOf) while (first < items.length && orderOf(items.at(first)!) === seen.order) first += 1;
  const ownOnes = own.filter(order => seen.order !== undefined && order >= seen.order).length;
  return Math.max(0, items.length - first - ownOnes);
}

const clamp = (value: number, least: number, most: number) => Math.min(Math.max(value, least), most);
