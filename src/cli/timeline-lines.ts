import type {DeployResult} from '../provision/deploy.ts';
import {padCells} from '../text/cells.ts';
import {formatDuration} from '../text/duration.ts';
import {type Part, styled} from './output.ts';

const idWidth = 15;
const timeWidth = 8;
const barWidth = 20;

/**
 * The steps of a deployment to scale, at most `columns` wide and in ASCII: `#` is the critical path, `=` what ran beside it.
 */
export function timelineLines(
  {timeline, criticalPathMs, ms}: Pick<DeployResult, 'timeline' | 'criticalPathMs' | 'ms'>,
  columns: number,
): Part[][] {
  const total = Math.max(1, ...timeline.map(row => row.startMs + row.ms));
  const rest = columns - (2 + idWidth + timeWidth + 2 + barWidth + 1 + timeWidth + 2);
  const rows = timeline.map((row): Part[] => {
    const waits = row.waits.map(({what, ms: waited}) => `${what} ${formatDuration(waited)}`).join(', ');
    const drawn = bar(row, total);
    return [
      '  ',
      padCells(row.id, idWidth),
      styled('dim', padCells(`+${formatDuration(row.startMs)}`, timeWidth, 'right')),
      '  ',
      row.critical ? styled('yellow', drawn) : drawn,
      ' ',
      padCells(formatDuration(row.ms), timeWidth, 'right'),
      '  ',
      styled('dim', waits.slice(0, Math.max(0, rest))),
    ];
  });
  return [
    ['Timeline, # is the critical path'],
    ...rows,
    [`deploy ${formatDuration(ms)}, critical path ${formatDuration(criticalPathMs)}`],
  ];
}

/** At least one cell, inside the width, padded to it. */
function bar({startMs, ms, critical}: DeployResult['timeline'][number], total: number): string {
  const from = Math.min(barWidth - 1, Math.floor((startMs / total) * barWidth));
  const to = Math.max(from + 1, Math.round(((startMs + ms) / total) * barWidth));
  return (' '.repeat(from) + (critical ? '#' : '=').repeat(Math.min(to, barWidth) - from)).padEnd(barWidth);
}
