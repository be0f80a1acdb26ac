import type {LogMessage} from '../../../lifecycle/message.ts';
import type {Rows} from '../../../operate/rows.ts';
import type {LogItem, Mark} from '../../presentation/log-row.ts';
import {filtered} from './filtered.ts';
import {MarkedRows} from './marked-rows.ts';

/** Whose lines are shown, in the order that a key goes through. */
export const logSources = ['both', 'target', 'authorizer'] as const;
export type LogSource = (typeof logSources)[number];

type Choice = {source: LogSource; target: string; marks: readonly Mark[]};

/** The lines that source and filter let through, with the marks between them; oldest first. */
export function createLogItems(textsOf: (log: LogMessage) => readonly string[]) {
  const chosen = filtered(textsOf);
  const marked = new WeakMap<Rows<LogMessage>, {marks: readonly Mark[]; items: Rows<LogItem>}>();
  return (logs: Rows<LogMessage>, {source, target, marks}: Choice, typed: string): Rows<LogItem> => {
    const ofTarget = ({function: name}: LogMessage) => name === target;
    const wanted = {
      name: `${source} ${target}`,
      test: (log: LogMessage) => ofTarget(log) === (source === 'target'),
    };
    const rows = chosen(logs, typed, source === 'both' ? undefined : wanted);
    if (marks.length === 0) return rows;
    let known = marked.get(rows);
    if (known?.marks !== marks) {
      known = {marks, items: new MarkedRows(rows, marks)};
      marked.set(rows, known);
    }
    return known.items;
  };
}
