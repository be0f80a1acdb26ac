import type {BeginMessage, EndMessage, RecordedMessage} from '../../lifecycle/recorded-message.ts';
import type {SessionMessage} from '../../lifecycle/session-message.ts';
import {createSessionCore, type SessionCore, tickMs} from '../session/session-core.ts';
import type {Session} from '../session/session-state.ts';
import {heardAt} from './replay-time.ts';
import {replayedSession} from './replayed-session.ts';
import {speeds} from './speeds.ts';
import {createVirtualClock} from './virtual-clock.ts';

/** How often countdowns move at high speeds, real ms. */
const beatMs = 200;
/** So much is folded at a time before the screen and the keys get their turn. */
const sliceMs = 20;
const mostPerBatch = 1_000;
/** As far apart as what one poll on Local brings and the next: forecasts are reckoned after each. Recorded ms. */
const batchMs = 250;

type ReplayState = {
  speed: number;
  playing: boolean;
  /** The recording is over; its clock stands still. */
  ended: boolean;
};

/** Hears of what a recording is made of as it is played. */
type ReplayListener = {
  /** `session`: the one that begins with it. */
  onBegin(begin: BeginMessage, session: Session | undefined): void;
  /** Of a deployment or teardown. */
  onProgress(message: SessionMessage): void;
  onEnd(end: EndMessage): void;
  /** The speed changed, it paused, went on, or ended. */
  onChange(): void;
};

export type PlayOptions = {
  speed: number;
  /** How long a finished deployment stays on the screen at least, real ms: at speed it would be over at once. */
  holdMs?: number;
};

export type Player = {
  state(): ReplayState;
  /** The time in the recording, epoch ms. */
  now(): number;
  /** Begins to play; resolves at the end of the recording, or when it is closed. */
  play(listener: ReplayListener): Promise<void>;
  toggle(): void;
  /** Pauses, and goes on by one message. */
  step(): void;
  faster(): void;
  slower(): void;
  /** Times the recorded pace. */
  setSpeed(speed: number): void;
  /** Goes on without waiting until the recording's clock shows `at`, and pauses there. */
  seek(at: number): Promise<void>;
  close(): void;
};

/** Plays messages at their recorded pace times `speed`. `startedAt`: the recorded time of the first line, epoch ms. */
export function createPlayer(
  messages: AsyncIterable<RecordedMessage>,
  startedAt: number,
  {speed: firstSpeed, holdMs = 0}: PlayOptions,
): Player {
  const clock = createVirtualClock(startedAt);
  let state: ReplayState = {speed: firstSpeed, playing: true, ended: false};
  let listener: ReplayListener | undefined;
  let core: SessionCore | undefined;
  let batch: SessionMessage[] = [];
  let batchFrom = 0;
  let steps = 0;
  let target: {at: number; reached: () => void} | undefined;
  let wake: () => void = () => {};
  let closed = false;
  let tickedAt = startedAt;

  const change = (patch: Partial<ReplayState>): void => {
    state = {...state, ...patch};
    if (state.playing && !state.ended) clock.run(state.speed);
    else clock.stop();
    wake();
    listener?.onChange();
  };
  const fold = (): void => {
    if (batch.length > 0) core?.take(batch);
    batch = [];
  };
  const tick = (): void => {
    tickedAt = clock.now();
    core?.tick();
  };
  const beat = (): void => {
    if (Math.abs(clock.now() - tickedAt) >= tickMs) tick();
  };
  const sleep = (ms: number): Promise<void> =>
    new Promise(resolve => {
      const timer = ms === Number.POSITIVE_INFINITY ? undefined : setTimeout(resolve, Math.min(ms, 2 ** 30));
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  /** What was sought is here: everything before it has been told. */
  const arrive = (): void => {
    const {at, reached} = target!;
    target = undefined;
    // It must not run on while what has come is folded in.
    clock.stop();
    clock.set(at);
    fold();
    change({playing: false});
    tick();
    core?.flush();
    reached();
  };
  const due = async (at: number): Promise<void> => {
    if (at - batchFrom >= batchMs) fold();
    clock.limit(at);
    while (!closed) {
      if (target && at > target.at) arrive();
      if (target || steps > 0) {
        steps = Math.max(0, steps - 1);
        clock.set(at);
        return;
      }
      const left = clock.until(at);
      if (left <= 0) return;
      fold();
      await sleep(left);
    }
  };
  const hold = async (): Promise<void> => {
    clock.stop();
    await sleep(holdMs);
    if (state.playing) clock.run(state.speed);
  };
  const begin = (message: BeginMessage): void => {
    const {part, idleWindow} = message;
    fold();
    core = part === 'session' ? createSessionCore({clock: clock.now, ...(idleWindow && {idleWindow})}) : undefined;
    listener?.onBegin(message, core && replayedSession(core));
  };
  const end = (message: EndMessage): void => {
    fold();
    tick();
    core?.flush();
    listener?.onEnd(message);
  };
  const tell = (message: RecordedMessage): void => {
    if (message.type === 'begin') begin(message);
    else if (message.type === 'end') end(message);
    else if (message.type !== 'session') {
      if (batch.length === 0) batchFrom = clock.now();
      if (core) batch.push(message);
      else listener?.onProgress(message);
      if (batch.length >= mostPerBatch) fold();
    }
  };

  return {
    state: () => state,
    now: clock.now,
    async play(hears) {
      listener = hears;
      clock.run(state.speed);
      const beats = setInterval(beat, beatMs);
      let at = startedAt;
      let sliceEnds = performance.now() + sliceMs;
      try {
        for await (const message of messages) {
          at = Math.max(at, heardAt(message));
          await due(at);
          if (closed) return;
          tell(message);
          if (message.type === 'end' && message.part === 'deploy' && !target) await hold();
          if (performance.now() < sliceEnds) continue;
          fold();
          // Where more is due than can be folded, the recording's clock waits for it.
          if (clock.until(at) < -beatMs) clock.set(at);
          await new Promise(resolve => setImmediate(resolve));
          sliceEnds = performance.now() + sliceMs;
        }
        fold();
        if (target) target.at = Math.min(target.at, at);
        if (target) arrive();
        tick();
        core?.flush();
        change({ended: true});
      } finally {
        clearInterval(beats);
      }
    },
    toggle: () => change({playing: !state.playing}),
    step: () => {
      steps += 1;
      change({playing: false});
    },
    faster: () => change({speed: speeds.find(one => one > state.speed) ?? state.speed}),
    slower: () => change({speed: speeds.findLast(one => one < state.speed) ?? state.speed}),
    setSpeed: speed => change({speed}),
    seek: at =>
      new Promise(reached => {
        target = {at, reached};
        change({playing: true});
      }),
    close: () => {
      closed = true;
      clock.stop();
      wake();
    },
  };
}
