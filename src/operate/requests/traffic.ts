/** Traffic is looked at over about this long, ms, in slots, so that neither counting nor looking grows with it. */
const trafficWindowMs = 10_000;
const slotMs = 500;
const slotsKept = trafficWindowMs / slotMs;

type Slot = {
  /** Epoch ms. */
  startsAt: number;
  /** Requests under way × the ms that they were. */
  requestMs: number;
  sent: number;
  answered: number;
  /** What the answered ones took, added up, ms. */
  tookMs: number;
  /** Most under way at once. */
  peak: number;
};

/** What has been counted by `at` (epoch ms). */
export type Traffic = {slots: readonly Slot[]; underWay: number; at: number};

export const noTraffic: Traffic = {slots: [], underWay: 0, at: 0};

/** Little's law, side by side: what was measured to be under way on average, and the rate times the duration. */
export type MeasuredTraffic = {
  underWay: number;
  /** Most under way at once. */
  peak: number;
  perSecond: number;
  /** Of those answered within the window; undefined without any. */
  meanMs?: number;
};

export type TrafficCounter = {
  /** Times in epoch ms; one that lies before what was counted already counts as then. */
  sent(at: number): void;
  answered(at: number, tookMs: number): void;
  snapshot(): Traffic;
};

/** Counts requests as they are sent and answered. */
export function createTrafficCounter(): TrafficCounter {
  let slots: Slot[] = [];
  let underWay = 0;
  let at = 0;

  /** Counts those under way up to `to`, slot by slot, and gives the slot that `to` is in. */
  function advance(to: number): Slot {
    const now = Math.max(at, to);
    let slot = slots.at(-1);
    if (!slot || now - slot.startsAt >= trafficWindowMs + slotMs) {
      const startsAt = slotStart(Math.max(at, now - trafficWindowMs));
      at = Math.max(at, startsAt);
      slot = newSlot(startsAt, underWay);
      slots = [slot];
    }
    while (slot.startsAt + slotMs <= now) {
      slot.requestMs += underWay * (slot.startsAt + slotMs - at);
      at = slot.startsAt + slotMs;
      slot = newSlot(at, underWay);
      slots.push(slot);
    }
    slot.requestMs += underWay * (now - at);
    at = now;
    slots = slots.slice(-slotsKept);
    return slot;
  }

  return {
    sent(when) {
      const slot = advance(when);
      underWay += 1;
      slot.sent += 1;
      slot.peak = Math.max(slot.peak, underWay);
    },
    answered(when, tookMs) {
      const slot = advance(when);
      underWay = Math.max(0, underWay - 1);
      slot.answered += 1;
      slot.tookMs += tookMs;
    },
    snapshot: () => ({slots: slots.map(slot => ({...slot})), underWay, at}),
  };
}

/** What the traffic was over the last 10 s before `now` (epoch ms). */
export function measureTraffic({slots, underWay, at}: Traffic, now: number): MeasuredTraffic {
  const until = Math.max(now, at);
  const from = slotStart(until) - trafficWindowMs + slotMs;
  const within = slots.filter(({startsAt}) => startsAt >= from);
  const total = (member: 'requestMs' | 'sent' | 'answered' | 'tookMs') =>
    within.reduce((sum, slot) => sum + slot[member], 0);
  const since = underWay * (until - Math.max(at, from));
  const answered = total('answered');
  const spanMs = until - from;
  return {
    underWay: (total('requestMs') + since) / spanMs,
    peak: Math.max(underWay, ...within.map(({peak}) => peak)),
    perSecond: total('sent') / (spanMs / 1_000),
    ...(answered > 0 && {meanMs: total('tookMs') / answered}),
  };
}

const slotStart = (at: number): number => Math.floor(at / slotMs) * slotMs;
const newSlot = (startsAt: number, underWay: number): Slot => ({
  startsAt,
  requestMs: 0,
  sent: 0,
  answered: 0,
  tookMs: 0,
  peak: underWay,
});
