import {ownership} from '../../aws/ownership.ts';
import type {Context} from '../context.ts';
import {functionReader, lambdaFunction} from './function.ts';
import {currentLayerArn} from './layer.ts';
import {logGroup} from './log-group.ts';

const readTarget = functionReader(names => names.target);
const readAuthorizer = functionReader(names => names.authorizer);

/** The function behind GET /hello; it carries the extension. */
export const target = lambdaFunction(
  {
    id: 'target',
    title: 'Target function',
    description: 'Target of the Lambda lifecycle demo',
    timeoutSeconds: 6,
    needs: ['role', 'layer', 'logs-target'],
    variableNames: ['LIFECYCLE_TABLE', 'LIFECYCLE_TTL_SECONDS', 'LIFECYCLE_WEBHOOK_URL'],
    variables: (names, options) => ({
      LIFECYCLE_TABLE: names.table,
      LIFECYCLE_TTL_SECONDS: options && String(options.ttlSeconds),
      LIFECYCLE_WEBHOOK_URL: options?.webhookUrl,
    }),
    layers: async context => {
      const arn = await currentLayerArn(context);
      return arn === undefined ? [] : [arn];
    },
  },
  readTarget,
);

/** The function API Gateway asks before it calls the target. */
export const authorizer = lambdaFunction(
  {
    id: 'authorizer',
    title: 'Authorizer function',
    description: 'Authorizer of the Lambda lifecycle demo',
    timeoutSeconds: 5,
    needs: ['role', 'logs-authorizer'],
    variableNames: ['LIFECYCLE_AUTH_TOKEN'],
    variables: (_names, options) => ({LIFECYCLE_AUTH_TOKEN: options?.authToken}),
    layers: async () => [],
  },
  readAuthorizer,
);

export const targetLogs = logGroup({
  id: 'logs-target',
  name: names => names.targetLogs,
  functionIsOurs: context => isOurs(context, readTarget),
});

export const authorizerLogs = logGroup({
  id: 'logs-authorizer',
  name: names => names.authorizerLogs,
  functionIsOurs: context => isOurs(context, readAuthorizer),
});

async function isOurs(context: Context, read: ReturnType<typeof functionReader>): Promise<boolean> {
  const live = await read(context);
  return live !== undefined && ownership(live.tags, context.names.stack).ours;
}
