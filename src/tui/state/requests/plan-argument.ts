import {parseDuration} from '../../../text/duration.ts';
import type {Argument} from '../../keys/argument.ts';
import {firstPlan, type Plan, readPlan} from './plan.ts';

const places = [
  ['count', 'COUNT'],
  ['concurrency', 'AT-ONCE'],
  ['sleepMs', 'SLEEP'],
  ['rate', 'RATE'],
] as const;

/** The plan with what was typed: `200 10 500ms 5` is 200 requests, 10 at once, each sleeping 500 ms, 5 a second. */
export function planAfter(text: string, plan: Plan): Plan {
  const typed = text.split(/\s+/);
  const fields = places.slice(0, typed.length).map(([field], at) => {
    const value = typed[at]!;
    const ms = field === 'sleepMs' ? parseDuration(value) : undefined;
    return [field, ms === undefined ? value : String(ms)];
  });
  return {...plan, ...Object.fromEntries(fields)};
}

/** What each way of sending allows differs; the overlay that it opens says what of it is too much. */
export const planArgument: Argument = {
  shown: 'COUNT AT-ONCE SLEEP RATE',
  misfit(text) {
    if (text.split(/\s+/).length > places.length) return 'takes COUNT, AT-ONCE, SLEEP and RATE, or the first of them';
    const read = readPlan(planAfter(text, {...firstPlan, via: 'invoke'}));
    if ('request' in read) return undefined;
    return places.flatMap(([field, name]) => (read.errors[field] ? [`${name} ${read.errors[field]}`] : [])).join(', ');
  },
};
