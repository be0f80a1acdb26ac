const blocks = '▁▂▃▄▅▆▇█';

/** The last `width` values as bars between 0 and the largest of them, padded at the right. */
export function sparkline(values: readonly number[], width: number): string {
  const shown = values.slice(-width);
  const most = Math.max(...shown, 0);
  const bars = shown.map(value => blocks[most === 0 ? 0 : Math.min(7, Math.floor((value / most) * 7.999))]);
  return bars.join('').padEnd(width);
}
