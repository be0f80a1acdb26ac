/** One kept line. Times are epoch ms; `id` sorts as text in the order of timestamp, then arrival. */
export type LogEvent = {id: string; timestamp: number; ingestedAt: number; message: string};

/** What one stream keeps: the newest events within both limits. */
const maxEvents = 20_000;
const maxBytes = 8 * 1024 * 1024;
/** So many that were let go are still held: cutting them off one by one would move all the others each time. */
const mostDropped = 2_000;
/** CloudWatch counts this much per event besides its text. */
export const eventOverhead = 26;

let arrivals = 0;

/** 56 digits, like CloudWatch's. */
function eventId(timestamp: number): string {
  arrivals += 1;
  return `3${String(timestamp).padStart(17, '0')}${String(arrivals).padStart(38, '0')}`;
}

/** A log stream in memory: events in order, the oldest let go first. */
export class LogStream {
  readonly name: string;
  readonly createdAt: number;
  lastIngestedAt: number | undefined;
  #events: LogEvent[] = [];
  #bytes = 0;
  /** How many at the front of `#events` have been let go. */
  #dropped = 0;

  constructor(name: string, createdAt: number) {
    this.name = name;
    this.createdAt = createdAt;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** All kept events, ascending. */
  get events(): readonly LogEvent[] {
    if (this.#dropped > 0) {
      this.#events = this.#events.slice(this.#dropped);
      this.#dropped = 0;
    }
    return this.#events;
  }

  /** The kept events from a time on, found without looking at those before: tails ask for the end of long streams. */
  eventsFrom(timestamp: number): readonly LogEvent[] {
    const {events} = this;
    let [low, high] = [0, events.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((events[middle]?.timestamp ?? 0) < timestamp) low = middle + 1;
      else high = middle;
    }
    return events.slice(low);
  }

  add(at: number, message: string, ingestedAt: number): void {
    const timestamp = Math.max(0, Math.trunc(at));
    const event = {id: eventId(timestamp), timestamp, ingestedAt, message};
    this.#events.splice(this.#placeFor(event.id), 0, event);
    this.#bytes += sizeOf(event);
    this.lastIngestedAt = ingestedAt;
    while (this.#events.length - this.#dropped > maxEvents || this.#bytes > maxBytes) this.#dropOldest();
    if (this.#dropped > mostDropped) this.#events = [...this.events];
  }

  /** Lines come almost in order, so the place is looked for from the end. */
  #placeFor(id: string): number {
    let place = this.#events.length;
    while (place > this.#dropped && (this.#events[place - 1]?.id ?? '') > id) place -= 1;
    return place;
  }

  #dropOldest(): void {
    const oldest = this.#events[this.#dropped];
    if (oldest) this.#bytes -= sizeOf(oldest);
    this.#dropped += 1;
  }
}

const sizeOf = (event: LogEvent): number => Buffer.byteLength(event.message) + eventOverhead;
