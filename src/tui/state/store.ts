/**
 * Least time between two commits of news that nobody pressed a key for: 15 times what the last frame took, so that drawing
 * takes a fifteenth of a core at most, within these bounds.
 */
const commitMs = {least: 200, most: 500, perRenderMs: 15};
/** The pace of clocks and countdowns. */
const tickMs = 1_000;

export type Store<State> = {
  /** The newest state, committed or not. */
  get(): State;
  /** Merges members; on the screen within 200 ms, or 500 where frames are slow. A member set to undefined is removed. */
  set(patch: {[Member in keyof State]?: State[Member] | undefined}): void;
  /** Commits now: after a key. */
  flush(): void;
  /** Says what drawing a commit took, ms. */
  took(renderMs: number): void;
  /** The state as it was last committed; the same object until the next commit. */
  committed(): State;
  subscribe(listener: () => void): () => void;
  close(): void;
};

/**
 * Holds the state that is drawn. Streams and clocks share one timer: a whole screen is computed per commit, so the
 * number of commits is what the app costs. `clock` is epoch ms.
 */
export function createStore<State extends {now: number}>(first: State, clock: () => number): Store<State> {
  const listeners = new Set<() => void>();
  let state = first;
  let committed = first;
  let committedAt = 0;
  // When news was committed: what comes right after a clock's commit does not wait for the next.
  let toldAt = 0;
  let hasNews = false;
  let timer: NodeJS.Timeout | undefined;
  let due = Number.POSITIVE_INFINITY;
  let closed = false;
  let leastMs = commitMs.least;

  const schedule = (at: number) => {
    if (closed || at >= due) return;
    clearTimeout(timer);
    due = at;
    timer = setTimeout(flush, Math.max(0, at - performance.now()));
    timer.unref();
  };

  function flush() {
    if (closed) return;
    clearTimeout(timer);
    due = Number.POSITIVE_INFINITY;
    committedAt = performance.now();
    if (hasNews) toldAt = committedAt;
    hasNews = false;
    state = {...state, now: clock()};
    committed = state;
    for (const listener of listeners) listener();
    schedule(committedAt + Math.max(leastMs, tickMs - (Date.now() % tickMs)));
  }

  return {
    get: () => state,
    set(patch) {
      state = merge(state, patch);
      hasNews = true;
      schedule(toldAt + leastMs);
    },
    flush,
    took(renderMs) {
      leastMs = Math.min(commitMs.most, Math.max(commitMs.least, commitMs.perRenderMs * renderMs));
    },
    committed: () => committed,
    subscribe(listener) {
      listeners.add(listener);
      if (listeners.size === 1) schedule(performance.now());
      return () => listeners.delete(listener);
    },
    close() {
      closed = true;
      clearTimeout(timer);
      listeners.clear();
    },
  };
}

function merge<State extends object>(state: State, patch: object): State {
  const merged = {...state, ...patch} as Record<string, unknown>;
  for (const [name, value] of Object.entries(patch)) if (value === undefined) delete merged[name];
  return merged as State;
}
