import {padCells} from '../../text/cells.ts';
import {formatDuration} from '../../text/duration.ts';
import {type Part, type Styled, styled} from '../output.ts';
import {clockTime, shortId} from '../rows.ts';

type ExtensionEnd = {
  name: string;
  outcome: 'exited' | 'failed' | 'killed' | 'unsubscribed' | 'gone';
  delivered: boolean;
  ms: number;
};

/** A change of state as the embedded AWS tells it. */
export type JournalTransition = {
  at: string;
  environment: string;
  functionName: string;
  functionVersion?: string;
  from: string;
  to: string;
  requestId?: string;
  reason?: string;
  ms: number;
  cold?: boolean;
  errorType?: string;
  budgetMs?: number;
  extensions?: readonly ExtensionEnd[];
};

const widths = {time: 12, environment: 8, states: 24, lasted: 8};
const functionWidth = (columns: number) => (columns < 100 ? 16 : columns < 140 ? 20 : 28);

/** What the columns of the journal are. */
export function journalHeader(columns: number): Part[] {
  const titles = [
    padCells('time (UTC)', widths.time),
    padCells('env', widths.environment),
    padCells('function', functionWidth(columns)),
    padCells('from → to', widths.states),
    padCells('lasted', widths.lasted, 'right'),
  ];
  return [styled('dim', titles.join('  '))];
}

/** One line per transition: when, which environment, what it became, how long it had been what it was, and why. */
export function transitionRow(transition: JournalTransition, columns: number): Part[] {
  const {at, environment, functionName, functionVersion, from, to, ms} = transition;
  const name = functionVersion === undefined ? functionName : `${functionName}:${functionVersion}`;
  return [
    styled('dim', clockTime(at)),
    '  ',
    padCells(shortId(environment), widths.environment),
    '  ',
    padCells(name, functionWidth(columns)),
    '  ',
    ...statesOf(from, to),
    '  ',
    styled('dim', padCells(formatDuration(ms), widths.lasted, 'right')),
    '  ',
    ...detailsOf(transition),
  ];
}

/** Words of the embedded AWS between the transitions. */
export function noticeRow(at: string, text: string): Part[] {
  return [styled('dim', clockTime(at)), '  ', styled('yellow', `! ${text}`)];
}

const stateStyles: Readonly<Record<string, Styled['style']>> = {
  ready: 'green',
  invoking: 'blue',
  'shutting-down': 'magenta',
  gone: 'dim',
};

function statesOf(from: string, to: string): Part[] {
  const style = stateStyles[to] ?? 'cyan';
  return [styled('dim', `${from} → `), styled(style, padCells(to, widths.states - from.length - 3))];
}

function detailsOf(transition: JournalTransition): Part[] {
  const {from, to, requestId, cold, errorType} = transition;
  if (to === 'invoking') return [cold ? styled('blue', 'cold') : styled('green', 'warm'), `  ${requestId}`];
  if (to === 'shutting-down') return shutdownDetails(transition);
  if (from === 'shutting-down') return endDetails(transition);
  if (errorType !== undefined) return [styled('red', `function error ${errorType}`), `  ${shortId(requestId)}`];
  return [];
}

function shutdownDetails({from, reason, errorType, budgetMs, requestId}: JournalTransition): Part[] {
  const what = from === 'init' ? 'init failed' : from === 'invoking' ? 'invocation failed' : 'failed while idle';
  const failed = errorType === undefined ? '' : `${reason === 'timeout' ? 'timed out' : `${what}: ${errorType}`}  `;
  return [
    failed !== '' && styled('red', failed),
    styled('magenta', `SHUTDOWN ${reason}`),
    budgetMs === undefined ? ', no extension to tell' : `, ${formatDuration(budgetMs)} to go`,
    requestId !== undefined && `  ${shortId(requestId)}`,
  ];
}

function endDetails({to, extensions = []}: JournalTransition): Part[] {
  const reset = to === 'ready' && styled('dim', 'reset, /tmp kept');
  const ends = extensions.flatMap((end, index): Part[] => [index > 0 && ', ', endOf(end)]);
  return [...ends, reset !== false && ends.length > 0 && '  ', reset];
}

function endOf({name, outcome, delivered, ms}: ExtensionEnd): Styled {
  const after = `${formatDuration(ms)} after SHUTDOWN`;
  if (outcome === 'exited') return styled('green', `${name} exited ${after}`);
  if (outcome === 'failed') return styled('red', `${name} failed ${after}`);
  if (outcome === 'gone') return styled('yellow', `${name} had ended before`);
  if (outcome === 'unsubscribed') return styled('yellow', `${name} killed at once, not subscribed to SHUTDOWN`);
  return styled(
    'red',
    delivered ? `${name} killed, still running ${after}` : `${name} killed, never came for SHUTDOWN`,
  );
}
