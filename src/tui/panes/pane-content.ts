import {count} from '../presentation/clock.ts';
import {safeLine} from '../presentation/safe-line.ts';
import type {Line} from '../ui/line.ts';
import {span} from '../ui/line.ts';
import type {View, Viewport} from '../ui/viewport.ts';

/** What a pane puts into its frame. */
export type PaneContent = {title: string; right: Line; rows: readonly Line[]; hint?: Line};

/** How many rows are out of sight. */
export function scrollWords({above, below}: Viewport<unknown>, view: View): Line {
  const parts = [
    above > 0 && !view.follow ? `${count(above)} ↑` : '',
    below > 0 ? `${count(below)} more ↓` : '',
  ].filter(Boolean);
  return parts.length === 0 ? [] : [span(` · ${parts.join(' ')}`, 'muted')];
}

/** Whether new rows are followed. */
export function followWords(view: View): Line {
  return view.follow ? [span(' · ▼ follow', 'muted')] : [span(' · ‖ f follows', 'soon')];
}

export function filterWords({filter}: View): Line {
  return filter === '' ? [] : [span('/', 'key'), span(`${safeLine(filter)} · `, 'accent')];
}
