import {describeError, endsRun} from '../aws/errors.ts';
import type {StackNames} from '../aws/names.ts';
import {
  type Emit,
  type ErrorMessage,
  message,
  type StepAction,
  type StepId,
  type StepMessage,
} from '../lifecycle/message.ts';
import type {Outcome} from './engine.ts';
import {explainFailure} from './explain.ts';
import type {ResourceNode, Tell} from './resource-node.ts';

type Step = Pick<StepMessage, 'status'> & Partial<Pick<StepMessage, 'ms' | 'action' | 'waitsFor' | 'detail' | 'error'>>;

/** Reports the steps of a run as messages. */
export type Progress = {
  step(node: ResourceNode, step: Step): void;
  /** From now on this is said of the steps. */
  expect(expected: Expected): void;
  /** What a running step tells. The same text again is not repeated. */
  teller(node: ResourceNode): Tell;
  end(node: ResourceNode, outcome: Outcome<StepAction | 'skipped'>, detail?: string): void;
};

/** Which steps are on the critical path; what each will take, ms, where that is known. */
type Expected = {critical?: ReadonlySet<StepId>; ms?: ReadonlyMap<StepId, number>};

type Hooks = {expected?: Expected; onTell?(id: StepId, detail: string): void};

export function createProgress(emit: Emit, names: StackNames, hooks: Hooks = {}): Progress {
  let {expected} = hooks;
  const step = (node: ResourceNode, body: Step) => {
    const {id, title} = node;
    const expectedMs = expected?.ms?.get(id);
    const told = {
      ...(expected?.critical?.has(id) && {critical: true as const}),
      ...(expectedMs !== undefined && {expectedMs}),
    };
    emit(message<StepMessage>({type: 'step', id, title, name: node.name(names), ...told, ...body}));
  };
  return {
    step,
    expect(all) {
      expected = all;
    },
    teller(node) {
      let last = '';
      return detail => {
        hooks.onTell?.(node.id, detail);
        if (detail !== last) step(node, {status: 'running', detail});
        last = detail;
      };
    },
    end(node, outcome, detail) {
      const more = detail === undefined ? {} : {detail};
      if (outcome.status === 'skipped') step(node, {status: 'skipped', ...more});
      else if (outcome.status === 'failed') {
        step(node, {status: 'failed', ms: outcome.ms, error: describeError(outcome.error)});
        // What ends the whole run is told once, by the run.
        if (!endsRun(outcome.error)) emit(errorMessage(node, names, outcome.error));
      } else if (outcome.result === 'skipped') step(node, {status: 'skipped', ms: outcome.ms, ...more});
      else step(node, {status: 'done', ms: outcome.ms, action: outcome.result, ...more});
    },
  };
}

function errorMessage(node: ResourceNode, names: StackNames, error: unknown): ErrorMessage {
  const what = `${node.title} ${node.name(names)}`;
  const {title, details = what, solution, next} = explainFailure(error, `${what} failed`);
  return message({
    type: 'error',
    title,
    details,
    ...(solution !== undefined && {solution}),
    ...(next !== undefined && {next}),
  });
}
