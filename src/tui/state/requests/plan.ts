import type {FireRequest} from '../../../operate/session/session-state.ts';

/** The plan of requests as it is typed: texts until it starts. */
export type Plan = {count: string; concurrency: string; sleepMs: string; rate: string; via: 'api' | 'invoke'};
export type PlanField = keyof Plan;

export const planFields = ['count', 'concurrency', 'sleepMs', 'rate', 'via'] as const;

export const firstPlan: Plan = {count: '100', concurrency: '5', sleepMs: '200', rate: '', via: 'api'};

/** What the stage is deployed with: more a second, or more at once, is answered 429. */
const stage = {perSecond: 20, burst: 40};
const direct = {perSecond: 100, burst: 1_000};
export const planLimits = {count: 100_000, sleepMs: 5_000, of: (via: Plan['via']) => (via === 'api' ? stage : direct)};

/** Whether the stage answers some of it 429: it goes on at `perSecond`, with `burst` more to begin with. */
export function isThrottled({via, rate, count, concurrency, sleepMs}: FireRequest): boolean {
  if (via === 'invoke' || rate !== undefined) return false;
  const seconds = (count * (sleepMs ?? 0)) / concurrency / 1_000;
  return count > stage.burst + stage.perSecond * seconds;
}

/** What is wrong with the fields that are. */
export type PlanErrors = Partial<Record<PlanField, string>>;

/** The request that the plan stands for, or what is wrong with it. */
export function readPlan(plan: Plan): {request: FireRequest} | {errors: PlanErrors} {
  const {perSecond, burst} = planLimits.of(plan.via);
  const count = whole(plan.count, 1, planLimits.count);
  const concurrency = whole(plan.concurrency, 1, burst);
  const sleepMs = whole(plan.sleepMs, 0, planLimits.sleepMs);
  const rate = plan.rate === '' ? undefined : pace(plan.rate, perSecond);
  const read = {count, concurrency, sleepMs, rate};
  const errors = Object.fromEntries(Object.entries(read).filter(([, value]) => typeof value === 'string'));
  if (Object.keys(errors).length > 0) return {errors};
  return {
    request: {
      count: count as number,
      concurrency: concurrency as number,
      ...(sleepMs !== 0 && {sleepMs: sleepMs as number}),
      ...(rate !== undefined && {rate: rate as number}),
      via: plan.via,
    },
  };
}

function whole(text: string, least: number, most: number): number | string {
  if (text.trim() === '') return 'is missing';
  if (!/^\d{1,9}$/.test(text.trim())) return 'is not a whole number';
  const value = Number(text);
  return value < least || value > most ? `must be ${least} to ${most}` : value;
}

function pace(text: string, most: number): number | string {
  if (!/^\d{1,4}(?:\.\d{1,2})?$/.test(text.trim())) return 'is no number like 0.5';
  const value = Number(text);
  if (value === 0) return 'must be > 0, or empty';
  return value > most ? `must be at most ${most}` : value;
}
