import {type Glyphs, inGlyphs} from '../../text/ascii.ts';
import type {AppState} from '../state/app-state.ts';
import type {Store} from '../state/store.ts';
import {rings} from './bell.ts';
import {titleOf} from './title.ts';

/**
 * Keeps the window's title up to date and rings the bell. Written between frames, in one piece each, and neither moves
 * the cursor. The title changes at most once in any second of `clock` (epoch ms); a replay's own would stand still or
 * race. Returns what ends it.
 */
export function announce(
  store: Store<AppState>,
  write: (text: string) => void,
  glyphs: Glyphs,
  clock: () => number = Date.now,
): () => void {
  let seen = store.committed();
  let title = '';
  let writtenIn = 0;
  return store.subscribe(() => {
    const state = store.committed();
    if (rings(seen, state)) write('\x07');
    seen = state;
    const second = Math.floor(clock() / 1_000);
    const next = inGlyphs(titleOf(state), glyphs);
    if (next === title || second === writtenIn) return;
    title = next;
    writtenIn = second;
    write(`\x1b]2;${title}\x1b\\`);
  });
}
