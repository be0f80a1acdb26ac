import type {LogMessage} from '../../../lifecycle/message.ts';
import {leadingRows, type Rows, RowsByPlace} from '../../../operate/rows.ts';
import type {LogItem, Mark} from '../../presentation/log-row.ts';

/** Log lines by time with the marks between them; a mark stands below everything that is not newer. */
export class MarkedRows extends RowsByPlace<LogItem> {
  readonly length: number;
  readonly #logs: Rows<LogMessage>;
  readonly #marks: readonly Mark[];
  /** Where each mark is in the whole list. */
  readonly #places: readonly number[];

  /** `marks` by time, oldest first. */
  constructor(logs: Rows<LogMessage>, marks: readonly Mark[]) {
    super();
    this.length = logs.length + marks.length;
    this.#logs = logs;
    this.#marks = marks;
    this.#places = marks.map(({at}, before) => leadingRows(logs, log => log.timestamp <= at) + before);
  }

  protected row(place: number): LogItem {
    const after = this.#places.findIndex(one => one >= place);
    if (this.#places[after] === place) return this.#marks[after]!;
    return this.#logs.at(place - (after < 0 ? this.#places.length : after))!;
  }
}
