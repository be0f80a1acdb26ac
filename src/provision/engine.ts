/** One node of a graph. */
export type Task<Id extends string, Result> = {
  id: Id;
  needs: readonly Id[];
  /** Rough duration, for the order only. */
  estimateMs: number;
  run(): Promise<Result>;
};

export type Outcome<Result> =
  | {status: 'done'; result: Result; ms: number}
  | {status: 'failed'; error: unknown; ms: number}
  /** Not begun because something it needs did not get done, or stopped with all others. */
  | {status: 'skipped'};

export type GraphOptions<Id extends string, Result> = {
  /** Tasks under way at once. */
  concurrency?: number;
  /** Once aborted, no task is begun; one that ends with the signal's reason was stopped, it has not failed. */
  signal?: AbortSignal | undefined;
  /** `stop`: a failed task stops what depends on it, and only that; `go on`: nothing. */
  afterFailure: 'stop' | 'go on';
  onStart?(id: Id): void;
  onEnd?(id: Id, outcome: Outcome<Result>): void;
};

/**
 * Runs the tasks as soon as what they need is done, those on the longest remaining path first. Never rejects: what happened
 * to each task is in the answer. Throws at once when the needs name an unknown task or go round in a circle.
 */
export async function runGraph<Id extends string, Result>(
  tasks: readonly Task<Id, Result>[],
  options: GraphOptions<Id, Result>,
): Promise<Map<Id, Outcome<Result>>> {
  const order = byRemainingPath(tasks);
  const outcomes = new Map<Id, Outcome<Result>>();
  const running = new Set<Id>();
  const {concurrency = 10} = options;

  const settle = (id: Id, outcome: Outcome<Result>) => {
    running.delete(id);
    outcomes.set(id, outcome);
    options.onEnd?.(id, outcome);
  };
  const begin = async (task: Task<Id, Result>) => {
    running.add(task.id);
    options.onStart?.(task.id);
    const started = performance.now();
    const ms = () => Math.round(performance.now() - started);
    try {
      const result = await task.run();
      settle(task.id, {status: 'done', result, ms: ms()});
    } catch (error) {
      const isStopped = options.signal?.aborted && error === options.signal.reason;
      settle(task.id, isStopped ? {status: 'skipped'} : {status: 'failed', error, ms: ms()});
    }
  };

  await new Promise<void>(resolve => {
    const step = () => {
      let skipped: boolean;
      do {
        skipped = false;
        for (const task of order) {
          if (outcomes.has(task.id) || running.has(task.id)) continue;
          const needed = task.needs.map(id => outcomes.get(id)?.status);
          if (options.signal?.aborted || (options.afterFailure === 'stop' && needed.some(isNotDone))) {
            settle(task.id, {status: 'skipped'});
            skipped = true;
          } else if (!needed.includes(undefined) && running.size < concurrency) {
            void begin(task).then(step);
          }
        }
      } while (skipped);
      if (outcomes.size === tasks.length) resolve();
    };
    step();
  });
  return outcomes;
}

function isNotDone(status: string | undefined): boolean {
  return status === 'failed' || status === 'skipped';
}

/** Longest remaining path first; the remaining path of a task is its own estimate and the longest of those that need it. */
function byRemainingPath<Id extends string, Result>(tasks: readonly Task<Id, Result>[]): Task<Id, Result>[] {
  const known = new Set(tasks.map(task => task.id));
  const remaining = new Map<Id, number>();
  const measure = (task: Task<Id, Result>, path: readonly Id[]): number => {
    if (path.includes(task.id)) throw new Error(`The tasks need each other: ${[...path, task.id].join(' > ')}`);
    const unknown = task.needs.find(id => !known.has(id));
    if (unknown !== undefined) throw new Error(`${task.id} needs ${unknown}, which is not among the tasks`);
    const measured = remaining.get(task.id);
    if (measured !== undefined) return measured;
    const dependents = tasks.filter(each => each.needs.includes(task.id));
    const longest = Math.max(0, ...dependents.map(each => measure(each, [...path, task.id])));
    remaining.set(task.id, task.estimateMs + longest);
    return task.estimateMs + longest;
  };
  for (const task of tasks) measure(task, []);
  return [...tasks].sort((a, b) => remaining.get(b.id)! - remaining.get(a.id)!);
}
