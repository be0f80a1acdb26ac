import type {RequestContext} from '../../wire/service.ts';
import type {CodeStore} from '../code/code-store.ts';
import type {LayerStore} from '../layers/layer-store.ts';
import {invalidParameter} from './errors.ts';
import type {FunctionVersion, LayerUse} from './model.ts';
import type {Progress} from './progress.ts';
import type {FunctionStore} from './store.ts';

/** What Lambda must know of IAM. */
export type LambdaRoles = {
  assumableByLambda(roleArn: string): boolean;
  /** Whether the role's policies let a late flush make the log group anew; true when it cannot be told. */
  mayCreateLogGroup?(roleArn: string): boolean;
};

/** What the handlers for functions work on. */
export type FunctionParts = {
  store: FunctionStore;
  layers: LayerStore;
  code: CodeStore;
  roles: LambdaRoles;
  progress: Progress;
  /** Told of a configuration that gets no more events. */
  retire: (version: FunctionVersion) => void;
};

export type Caller = Pick<RequestContext, 'account' | 'region' | 'endpoint'>;

/** Throws InvalidParameterValueException with AWS's text, which clients match while a new role propagates. */
export function checkRole(roles: LambdaRoles, role: string): void {
  if (!roles.assumableByLambda(role)) {
    throw invalidParameter('The role defined for the function cannot be assumed by Lambda.');
  }
}

/** The layers a function uses, merged, once it is known that all fit together with its code. */
export async function withLayers(
  {layers, code}: FunctionParts,
  functionCode: FunctionVersion['code'],
  arns: readonly string[],
): Promise<{layers: LayerUse[]; layersFolder: string}> {
  const used = layers.resolve(arns);
  const parts = used.map(one => one.code);
  code.checkTogether([functionCode, ...parts]);
  return {layers: used, layersFolder: await code.merge(parts)};
}
