import type {ApiCall} from '../../aws/api-call.ts';
import {type ApiMessage, message, type StepId, stepIds} from '../../lifecycle/message.ts';
import {toldInput} from './told-input.ts';

/** An SDK call as a message of the session. */
export function apiMessage(call: ApiCall): ApiMessage {
  const {at, service, operation, input, step, status, error, ms, attempt, retryInMs} = call;
  return message<ApiMessage>(
    {
      type: 'api',
      service,
      operation,
      ...toldInput(input),
      ...(isStepId(step) && {step}),
      status,
      ...(error !== undefined && {error}),
      ms,
      attempt,
      ...(retryInMs !== undefined && {retryInMs}),
    },
    at,
  );
}

function isStepId(step: string | undefined): step is StepId {
  return stepIds.some(id => id === step);
}
