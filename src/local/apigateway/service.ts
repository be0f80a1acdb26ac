import type {DataPlane} from '../wire/data-plane.ts';
import type {SchemaService} from '../wire/service.ts';
import {controlPlane} from './control/operations.ts';
import type {InvokeFunction} from './data/invoke.ts';
import {createDataPlane} from './data/serve.ts';
import type {Apis} from './model.ts';

/** API Gateway's REST APIs: the operations that make them, and the stages they are called on. */
export function createApiGateway(options: {invoke: InvokeFunction; stageSettleMs?: number}): {
  service: SchemaService;
  dataPlane: DataPlane;
} {
  const apis: Apis = new Map();
  return {
    service: {
      kind: 'schema',
      scope: 'apigateway',
      protocol: 'restJson1',
      validationCode: 'BadRequestException',
      operations: controlPlane(apis),
    },
    dataPlane: createDataPlane({apis, ...options}),
  };
}
