import type {LifecycleEvent} from '../../../src/lifecycle/event.ts';

/** What the platform delivered, as it numbers it itself. */
export type Delivered = {
  eventType: 'INVOKE' | 'SHUTDOWN';
  requestId: string;
  /** When, by the wall clock (ISO 8601); absent: the generation tells SHUTDOWNs apart. */
  timestamp?: string;
  generation: number;
  invocation: number;
  cold?: boolean;
  lastRequestId?: string;
  /** The extension was killed while it was busy with it. */
  killed: boolean;
};

/** What is left to be judged when an environment is gone. */
export type Life = {
  delivered: Delivered[];
  /** By event id, as last written. */
  table: Map<string, LifecycleEvent>;
  /** Of every generation, without the prefix. */
  lines: string[][];
  /** Event ids in /tmp when it was killed for good: queued, said so, and gone with it. */
  onDisk: Set<string>;
  /** An answer was lost after a write, or /tmp was full: what is said to be dropped may be in the table all the same. */
  uncertain: boolean;
  /** /tmp was full: numbers may come twice. */
  diskTrouble: boolean;
};

const grammar = [
  /^(?:Starting|Registered with ID: \S+)$/,
  /^Event: (?:INVOKE|SHUTDOWN)$/,
  /^SHUTDOWN! Reason: (?:spindown|timeout|failure)$/,
  /^(?:Wrote to DynamoDB|Retried|Sending): (?:INVOKE|SHUTDOWN)$/,
  /^(?:Queued|Dropped): (?:INVOKE|SHUTDOWN) \(\S[^()]*\)$/,
  /^Dropped in all: [1-9]\d*$/,
  /^Sent: (?:INVOKE|SHUTDOWN) 2\d\d in \d+ ms$/,
  /^Webhook failed: (?:INVOKE|SHUTDOWN) \S.*$/,
];

/** Every event once in the table or told to be lost; throws what is wrong. */
export function judge(life: Life): void {
  const written = new Map<number, LifecycleEvent>();
  for (const event of life.table.values()) {
    const index = life.delivered.findIndex(
      ({eventType, requestId, timestamp, generation}) =>
        eventType === event.eventType &&
        requestId === event.requestId &&
        (timestamp ? timestamp === event.timestamp : generation === event.generation),
    );
    if (index < 0) throw new Error(`in the table and never delivered: ${JSON.stringify(event)}`);
    if (written.has(index)) throw new Error(`twice in the table: ${JSON.stringify(event)}`);
    written.set(index, event);
  }
  judgeLosses(life, written);
  for (const lines of life.lines) judgeLines(lines);
  if (!life.diskTrouble) for (const [index, event] of written) judgeNumbers(life, index, event);
}

function judgeLosses({delivered, lines, onDisk, uncertain}: Life, written: Map<number, unknown>): void {
  // What was killed among its retries may tell of the same event again.
  const told = !uncertain && onDisk.size === 0 && !delivered.some(event => event.killed);
  for (const type of ['INVOKE', 'SHUTDOWN'] as const) {
    const missing = delivered.filter(
      (event, index) => event.eventType === type && !event.killed && !written.has(index),
    ).length;
    const dropped = lines.flat().filter(line => line.startsWith(`Dropped: ${type} `)).length;
    if (missing > dropped + onDisk.size)
      throw new Error(`${missing} ${type} missing, ${dropped} told, ${onDisk.size} in /tmp`);
    if (told && missing !== dropped) {
      throw new Error(`${dropped} ${type} told to be dropped, ${missing} missing`);
    }
  }
}

function judgeLines(lines: readonly string[]): void {
  for (const line of lines) if (!grammar.some(form => form.test(line))) throw new Error(`unknown line: ${line}`);
  const total = lines.find(line => line.startsWith('Dropped in all'));
  const dropped = lines.filter(line => line.startsWith('Dropped: ')).length;
  if (total && total !== `Dropped in all: ${dropped}`) throw new Error(`${total}, but ${dropped} lines`);
}

function judgeNumbers({delivered, table}: Life, index: number, event: LifecycleEvent): void {
  const expected = {...delivered[index], sequence: index + 1} as Record<string, unknown>;
  for (const name of ['sequence', 'generation', 'invocation', 'cold', 'lastRequestId'] as const) {
    if (event[name] !== expected[name])
      throw new Error(`${name} ${event[name]} instead of ${expected[name]}: event ${index + 1}`);
  }
  const [first] = table.values();
  if (event.environmentId !== first?.environmentId) throw new Error('an environment of two ids');
}
