import type {LogMessage} from '../../../lifecycle/message.ts';
import type {Rows} from '../../../operate/chunked-list.ts';
import type {LogItem, Mark} from '../../presentation/log-row.ts';
import {filtered} from './filtered.ts';

/** Whose lines are shown. */
export type LogSource = 'both' | 'target' | 'authorizer';

type Choice = {source: LogSource; target: string; marks: readonly Mark[]};

/** The lines that source and filter let through, with the marks between them; oldest first. */
export function createLogItems(textsOf: (log: LogMessage) => readonly string[]) {
  const chosen = filtered(textsOf);
  const marked = new WeakMap<Rows<LogMessage>, {marks: readonly Mark[]; items: readonly LogItem[]}>();
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
      known = {marks, items: withMarks(rows, marks)};
      marked.set(rows, known);
    }
    return known.items;
  };
}

/** A mark stands below everything that is not newer. */
function withMarks(logs: Rows<LogMessage>, marks: readonly Mark[]): LogItem[] {
  const items: LogItem[] = [];
  let next = 0;
  for (const mark of marks) {
    const from = next;
    while (next < logs.length && logs.at(next)!.timestamp <= mark.at) next += 1;
    for (let index = from; index < next; index++) items.push(logs.at(index)!);
    items.push(mark);
  }
  for (; next < logs.length; next++) items.push(logs.at(next)!);
  return items;
}
