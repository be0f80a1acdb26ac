import type {InitializeMiddleware, MiddlewareStack} from '@smithy/types';
import type {Clients} from '../aws/clients.ts';
import {operationOf} from '../aws/operation.ts';
import {currentStep} from '../aws/step-scope.ts';

export type RecordedCall = {
  service: string;
  operation: string;
  input: Record<string, unknown>;
  step: string | undefined;
};

const reads = /^(Get|List|Describe|Query|Scan)/;

/** What is known only when the commands run; long and odd enough to be nowhere else. */
export const unknowns = {
  api: 'lifecycleunknownapi',
  root: 'lifecycleunknownroot',
  authorizer: 'lifecycleunknownauthorizer',
  layer: 'lifecycleunknownlayer',
};

/** The same for a resource of the API, by the last part of its path. */
export const unknownResource = (pathPart: string): string => `lifecycleunknownresource${pathPart}`;

/**
 * From now on these clients change nothing: whatever is no read is recorded and answered as if it had been done. Reads go
 * to AWS, but for those of what was only made believe. Returns the calls, in order.
 */
export function recordWrites(clients: Clients): RecordedCall[] {
  const calls: RecordedCall[] = [];
  const {destroy: _, ...each} = clients;
  for (const [service, client] of Object.entries(each)) {
    // biome-ignore lint/suspicious/noExplicitAny: one middleware for the commands of every client
    const stack: MiddlewareStack<any, any> = client.middlewareStack;
    stack.add(recorder(service, calls), {step: 'initialize', name: 'recordWrites', priority: 'low'});
  }
  return calls;
}

// biome-ignore lint/suspicious/noExplicitAny: one middleware for the commands of every client
function recorder(service: string, calls: RecordedCall[]): InitializeMiddleware<any, any> {
  return (next, context) => async args => {
    const operation = operationOf(context);
    const call = {service, operation, input: args.input as Record<string, unknown>, step: currentStep()?.id};
    const output = reads.test(operation) ? madeBelieve(call, calls) : answer(call);
    if (!output) return next(args);
    calls.push(call);
    return {output: {$metadata: {}, ...output}, response: {}};
  };
}

function answer({operation, input}: RecordedCall): object {
  switch (operation) {
    case 'CreateRestApi':
      return {id: unknowns.api};
    case 'CreateResource':
      return {id: unknownResource(String(input.pathPart))};
    case 'CreateAuthorizer':
      return {id: unknowns.authorizer};
    case 'PublishLayerVersion':
      return {LayerVersionArn: unknowns.layer, Description: input.Description};
    default:
      return {};
  }
}

/** The answer to a read of something that was made believe before; nothing for what AWS can be asked. */
function madeBelieve({operation, input}: RecordedCall, calls: readonly RecordedCall[]): object | undefined {
  const wasMade = (by: string, member: string) =>
    calls.some(each => each.operation === by && each.input[member] === input[member]);
  if (operation === 'GetResources' && input.restApiId === unknowns.api) {
    return {items: [{path: '/', id: unknowns.root}]};
  }
  if (operation === 'DescribeTable' && wasMade('CreateTable', 'TableName')) {
    return {Table: {TableStatus: 'ACTIVE'}};
  }
  if (operation === 'GetFunctionConfiguration' && wasMade('CreateFunction', 'FunctionName')) {
    return {State: 'Active', LastUpdateStatus: 'Successful'};
  }
  return undefined;
}
