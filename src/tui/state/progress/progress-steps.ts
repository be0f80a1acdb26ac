import type {Message, StepId, StepMessage} from '../../../lifecycle/message.ts';
import type {ProgressState, StepRow} from '../app-state.ts';
import {problemView} from '../problem-view.ts';

/** API calls kept for the pane. */
const mostCalls = 1_000;

/** Whether a deployment or teardown is told by messages of this type. */
export const isProgress = (message: {type: string}): message is Message =>
  ['step', 'api', 'notice', 'error'].includes(message.type);

/** Folds one message of a deployment or teardown into what its screen draws. */
export function reduceProgress(progress: ProgressState, message: Message): ProgressState {
  switch (message.type) {
    case 'step': {
      // What went on before the first step is over.
      const {note: _, ...rest} = progress;
      return {...rest, steps: withStep(progress.steps, message)};
    }
    case 'api':
      return {
        ...progress,
        api: [...progress.api.slice(1 - mostCalls), message],
        ...(message.retryInMs !== undefined && message.step && {retries: oneMore(progress.retries, message.step)}),
      };
    case 'notice':
      return {...progress, note: message.text};
    case 'error':
      // What failed first is the cause; what failed beside it or after it seldom is.
      if (progress.problem) return progress;
      return {...progress, problem: problemView(message)};
    default:
      return progress;
  }
}

const oneMore = (retries: ProgressState['retries'], step: StepId) => ({
  ...retries,
  [step]: (retries[step] ?? 0) + 1,
});

function withStep(steps: readonly StepRow[], message: StepMessage): StepRow[] {
  const before = steps.find(({id}) => id === message.id);
  const at = Date.parse(message.at);
  const startedAt =
    before?.startedAt ?? (message.status === 'waiting' || message.status === 'skipped' ? undefined : at);
  const ended = message.status === 'done' || message.status === 'failed' || message.status === 'skipped';
  const row: StepRow = {...message, ...(startedAt !== undefined && {startedAt}), ...(ended && {endedAt: at})};
  return before ? steps.map(step => (step.id === message.id ? row : step)) : [...steps, row];
}
