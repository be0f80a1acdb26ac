import {leastSize} from '../state/layout.ts';
import {fitLine, span} from '../ui/line.ts';
import {Lines} from '../ui/lines.tsx';

/** Says how much is missing, in as many cells as there are. */
export function TooSmall({size}: {size: {columns: number; rows: number}}) {
  const {columns, rows} = size;
  const texts = [`${leastSize.columns}x${leastSize.rows} needed`, `have ${columns}x${rows}`, '', 'q quits'];
  const lines = texts.slice(0, Math.max(1, rows)).map(text => fitLine([span(text)], columns));
  return <Lines lines={lines} />;
}
