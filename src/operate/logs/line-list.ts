import type {LogMessage} from '../../lifecycle/message.ts';
import type {ChunkedList} from '../chunked-list.ts';
import {RowsByPlace} from '../rows.ts';
import {KeptLine} from './kept-line.ts';
import {type LineBlock, linesPerBlock} from './line-block.ts';

/** Which line of which block: a line's name for as long as the session lasts. */
export const keyOf = (block: number, index: number): number => block * linesPerBlock + index;
export const blockOf = (key: number): number => Math.floor(key / linesPerBlock);
export const indexOf = (key: number): number => key % linesPerBlock;

/** Lines by time, as they were when the list was made. Each is made anew when it is asked for; its key stays. */
export class LineList extends RowsByPlace<LogMessage> {
  readonly length: number;
  readonly rowKeys: ChunkedList<number>;
  readonly #blocks: ReadonlyMap<number, LineBlock>;

  constructor(keys: ChunkedList<number>, blocks: ReadonlyMap<number, LineBlock>) {
    super();
    this.length = keys.length;
    this.rowKeys = keys;
    this.#blocks = blocks;
  }

  protected row(place: number): LogMessage {
    const key = this.rowKeys.at(place)!;
    return new KeptLine(this.#blocks.get(blockOf(key))!, indexOf(key));
  }
}
