/** How one step of a run went, in ms from the run's beginning. */
export type StepTiming<Id extends string = string> = {
  id: Id;
  startMs: number;
  ms: number;
  needs: readonly Id[];
  /** What was told while it ran, and when. */
  told: readonly {atMs: number; detail: string}[];
};

export type TimelineRow<Id extends string = string> = {
  id: Id;
  startMs: number;
  ms: number;
  /** Had it been shorter, the whole would have been. */
  critical: boolean;
  /** What it waited for while it ran. */
  waits: {what: string; ms: number}[];
};

/**
 * The steps in the order in which they began, those that held the others up marked; `criticalPathMs` is how long these took
 * together. Steps that begin without a need follow the one that ended last before they began: the look at what is there.
 */
export function buildTimeline<Id extends string>(
  steps: readonly StepTiming<Id>[],
): {timeline: TimelineRow<Id>[]; criticalPathMs: number} {
  const end = ({startMs, ms}: StepTiming<Id>) => startMs + ms;
  const latest = (among: readonly StepTiming<Id>[]) =>
    among.reduce<StepTiming<Id> | undefined>((last, each) => (last && end(last) >= end(each) ? last : each), undefined);
  const path = new Set<Id>();
  for (let at = latest(steps); at && !path.has(at.id); ) {
    const {id, needs, startMs} = at;
    path.add(id);
    const before = steps.filter(each => each.id !== id && !path.has(each.id));
    at = latest(before.filter(each => needs.includes(each.id))) ?? latest(before.filter(each => end(each) <= startMs));
  }
  const timeline = [...steps]
    .sort((a, b) => a.startMs - b.startMs)
    .map(step => ({
      id: step.id,
      startMs: step.startMs,
      ms: step.ms,
      critical: path.has(step.id),
      waits: waitsOf(step),
    }));
  const criticalPathMs = timeline.reduce((sum, {critical, ms}) => sum + (critical ? ms : 0), 0);
  return {timeline, criticalPathMs};
}

/** From the first time that something was told until something else was, or until the end. */
function waitsOf({startMs, ms, told}: StepTiming): TimelineRow['waits'] {
  const waits: TimelineRow['waits'] = [];
  let last: {what: string; atMs: number} | undefined;
  const close = (atMs: number) => {
    if (last && atMs > last.atMs) waits.push({what: last.what, ms: atMs - last.atMs});
  };
  for (const {atMs, detail} of told) {
    const what = subject(detail);
    if (what === last?.what) continue;
    close(atMs);
    last = {what, atMs};
  }
  close(startMs + ms);
  return waits;
}

/** `role propagation: not yet visible, next try in 1 s` is about role propagation; an address keeps its colon. */
function subject(detail: string): string {
  return detail.split(/: |, /)[0]!;
}

/** The tasks that decide how long the whole takes, by what they are expected to take. */
export function expectedPath<Id extends string>(
  tasks: readonly {id: Id; needs: readonly Id[]; estimateMs: number}[],
): Set<Id> {
  const ends = new Map<Id, number>();
  const endOf = (id: Id): number => {
    const known = ends.get(id);
    if (known !== undefined) return known;
    const task = tasks.find(each => each.id === id);
    const end = task ? task.estimateMs + Math.max(0, ...task.needs.map(endOf)) : 0;
    ends.set(id, end);
    return end;
  };
  const last = (ids: readonly Id[]) => [...ids].sort((a, b) => endOf(b) - endOf(a))[0];
  const path = new Set<Id>();
  for (let id = last(tasks.map(each => each.id)); id !== undefined && !path.has(id); ) {
    path.add(id);
    id = last(tasks.find(each => each.id === id)?.needs ?? []);
  }
  return path;
}
