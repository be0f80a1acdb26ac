import type {Line} from './line.ts';
import {span} from './line.ts';

/** A progress bar of `width` cells; `share` from 0 to 1. */
export function bar(share: number, width: number): Line {
  const cells = Math.round(Math.min(1, Math.max(0, share)) * width);
  if (cells >= width) return [span('━'.repeat(width), 'ok')];
  const tip = cells > 0 ? 1 : 0;
  return [span('━'.repeat(cells - tip) + '╸'.repeat(tip), 'ok'), span('─'.repeat(width - cells), 'muted')];
}
