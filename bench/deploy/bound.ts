import {latencies} from '../../src/local/behaviour/slow-traffic.ts';
import {settingsFor} from '../../src/local/settings.ts';
import {expectedPath} from '../../src/provision/timeline.ts';

type Delay = {id: string; needs: readonly string[]; estimateMs: number};

/** The longest chain of what AWS itself takes: `text` says of what it consists. */
export type Bound = {ms: number; text: string};

const settings = settingsFor({behaviour: 'aws'});
const latencyOf = latencies(settings);

/** What one call takes from its sending to its answer. */
function call(id: string, service: string, needs: readonly string[] = []): Delay {
  return {id, needs, estimateMs: latencyOf({service, operation: id, account: '', region: ''})};
}

/**
 * As fast as AWS's delays allow: each call is sent the moment what it needs is there, every wait is noticed the moment it is
 * over, nothing is looked at. `requestMs`: what the first request takes through two cold functions.
 */
export function deployBound(requestMs: number): Bound {
  return longest([
    call('CreateRole', 'iam'),
    {id: 'role visible to Lambda', needs: ['CreateRole'], estimateMs: settings.rolePropagationMs},
    call('CreateLogGroup', 'logs'),
    call('PublishLayerVersion', 'lambda'),
    call('CreateFunction', 'lambda', ['role visible to Lambda', 'CreateLogGroup', 'PublishLayerVersion']),
    {id: 'function Active', needs: ['CreateFunction'], estimateMs: settings.functionCreateMs},
    call('CreateTable', 'dynamodb'),
    {id: 'table ACTIVE', needs: ['CreateTable'], estimateMs: settings.tableDelayMs},
    call('CreateRestApi', 'apigateway'),
    call('GetResources', 'apigateway', ['CreateRestApi']),
    call('CreateResource', 'apigateway', ['GetResources']),
    call('CreateAuthorizer', 'apigateway', ['CreateRestApi']),
    {...call('CreateResource', 'apigateway', ['CreateResource']), id: 'CreateResource below it'},
    call('PutMethod', 'apigateway', ['CreateResource below it', 'CreateAuthorizer']),
    call('PutIntegration', 'apigateway', ['PutMethod']),
    call('CreateDeployment', 'apigateway', ['PutIntegration']),
    {id: 'stage settled', needs: ['CreateDeployment'], estimateMs: settings.stageSettleMs},
    {id: 'permissions', needs: ['CreateFunction', 'CreateAuthorizer'], estimateMs: settings.policyWriteMs},
    {
      id: 'request',
      needs: ['function Active', 'permissions', 'table ACTIVE', 'stage settled'],
      estimateMs: requestMs,
    },
  ]);
}

const removalCalls: readonly Delay[] = [
  call('DeleteRestApi', 'apigateway'),
  call('DeleteFunction', 'lambda'),
  call('DeleteLayerVersion', 'lambda'),
  call('DeleteTable', 'dynamodb'),
  call('DeleteRolePolicy', 'iam'),
  call('DeleteRole', 'iam', ['DeleteRolePolicy']),
  call('DeleteLogGroup', 'logs', ['DeleteFunction', 'DeleteRole']),
];

/** Until the last call that removes something has been answered. */
export function acceptedBound(): Bound {
  return longest(removalCalls);
}

/** Until nothing is left. */
export function goneBound(): Bound {
  return longest([...removalCalls, {id: 'table gone', needs: ['DeleteTable'], estimateMs: settings.tableDelayMs}]);
}

function longest(delays: readonly Delay[]): Bound {
  const path = expectedPath(delays);
  const chain = delays.filter(({id}) => path.has(id));
  const ms = chain.reduce((sum, {estimateMs}) => sum + estimateMs, 0);
  return {ms, text: chain.map(({id, estimateMs}) => `${id} ${(estimateMs / 1_000).toFixed(2)}`).join(' + ')};
}
