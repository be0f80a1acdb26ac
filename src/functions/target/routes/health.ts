import {type Answer, jsonAnswer} from '../answer.ts';
import {memoryUsedMb} from '../memory.ts';
import type {Visit} from '../visit.ts';

/** GET /info/health: how the execution environment that answers is doing. */
export function answerHealth({seen, requestId, variables}: Visit<unknown>): Answer {
  const limitMb = Number(variables.AWS_LAMBDA_FUNCTION_MEMORY_SIZE);
  return jsonAnswer({
    status: 'ok',
    uptimeMs: seen.ageMs,
    memory: {usedMb: memoryUsedMb(), limitMb: limitMb > 0 ? limitMb : null},
    environmentId: seen.environmentId,
    invocation: seen.invocation,
    cold: seen.cold,
    requestId,
  });
}
