import {parseDuration} from '../../../text/duration.ts';
import {editText} from '../../ui/edit-text.ts';
import type {Overlay} from '../app-state.ts';
import {type Plan, planFields, readPlan} from './plan.ts';

type PlanOverlay = Extract<Overlay, {kind: 'plan'}>;

/** The overlay after a key that neither starts the plan nor leaves it. */
export function editPlan(overlay: PlanOverlay, key: string): PlanOverlay {
  const {plan, field} = overlay;
  const at = planFields.indexOf(field);
  const to = (by: 1 | -1) => planFields[(at + by + planFields.length) % planFields.length]!;
  if (key === 'tab' || key === 'down') return {...overlay, field: to(1)};
  if (key === 'shift+tab' || key === 'up') return {...overlay, field: to(-1)};
  if (field === 'via')
    return viaKeys.has(key) ? changed(overlay, {via: plan.via === 'api' ? 'invoke' : 'api'}) : overlay;
  if (!/^[\d.]$/.test(key) && !erasers.has(key)) return overlay;
  return changed(overlay, {[field]: editText(plan[field], key).slice(0, longest)});
}

/**
 * The overlay after a paste, which is the whole of the field that is typed in: a number, or a duration for how long each
 * sleeps. Undefined for anything else: half of it would be another number.
 */
export function pasteIntoPlan(overlay: PlanOverlay, text: string): PlanOverlay | undefined {
  const {field} = overlay;
  if (field === 'via') return undefined;
  const ms = field === 'sleepMs' ? parseDuration(text.replace(/ (?=m?s$)/, '')) : undefined;
  const value = ms === undefined ? text : String(ms);
  return /^[\d.]+$/.test(value) && value.length <= longest ? changed(overlay, {[field]: value}) : undefined;
}

const viaKeys: ReadonlySet<string> = new Set(['space', 'left', 'right']);
const erasers: ReadonlySet<string> = new Set(['backspace', 'delete', 'ctrl+u']);
const longest = 9;

/** Errors are told when the plan is to start, and from then on as it is typed. */
function changed(overlay: PlanOverlay, patch: Partial<Plan>): PlanOverlay {
  const plan = {...overlay.plan, ...patch};
  if (!overlay.errors) return {...overlay, plan};
  const read = readPlan(plan);
  return {...overlay, plan, errors: 'errors' in read ? read.errors : {}};
}
