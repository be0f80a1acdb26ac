/** The ARNs that an operator of one stack has to do with. */
export type OperatorScope = {
  partition: string;
  region: string;
  roleArn: string;
  basicExecutionArn: string;
  tableArn: string;
  layerArn: string;
  functionArns: readonly string[];
  logGroupArns: readonly string[];
};

type Statement = {Sid: string; Effect: 'Allow'; Action: readonly string[]; Resource: unknown; Condition?: object};

/**
 * What whoever runs deploy, the app and teardown must be allowed to do, and no more than IAM can say: calls that have no
 * resource of their own are on `*`, and REST APIs on all of the region because their ids are not known before.
 */
export function operatorPolicy(scope: OperatorScope): {Version: '2012-10-17'; Statement: readonly Statement[]} {
  const apis = `arn:${scope.partition}:apigateway:${scope.region}::/restapis`;
  return {
    Version: '2012-10-17',
    Statement: [
      allow(
        'WithoutResource',
        [
          'sts:GetCallerIdentity',
          'iam:ListAccountAliases',
          'lambda:GetAccountSettings',
          'lambda:ListLayerVersions',
          'logs:DescribeLogGroups',
        ],
        '*',
      ),
      allow(
        'Role',
        [
          'iam:CreateRole',
          'iam:GetRole',
          'iam:DeleteRole',
          'iam:TagRole',
          'iam:UpdateAssumeRolePolicy',
          'iam:PutRolePolicy',
          'iam:GetRolePolicy',
          'iam:DeleteRolePolicy',
          'iam:ListRolePolicies',
          'iam:ListAttachedRolePolicies',
        ],
        scope.roleArn,
      ),
      allow('OnlyTheBasicPolicy', ['iam:AttachRolePolicy', 'iam:DetachRolePolicy'], scope.roleArn, {
        ArnEquals: {'iam:PolicyARN': scope.basicExecutionArn},
      }),
      allow('PassOnlyToLambda', ['iam:PassRole'], scope.roleArn, {
        StringEquals: {'iam:PassedToService': 'lambda.amazonaws.com'},
      }),
      allow(
        'Functions',
        [
          'lambda:CreateFunction',
          'lambda:GetFunction',
          'lambda:GetFunctionConfiguration',
          'lambda:UpdateFunctionCode',
          'lambda:UpdateFunctionConfiguration',
          'lambda:DeleteFunction',
          'lambda:AddPermission',
          'lambda:RemovePermission',
          'lambda:GetPolicy',
          'lambda:InvokeFunction',
          'lambda:TagResource',
          'lambda:ListTags',
        ],
        scope.functionArns,
      ),
      allow('Layer', ['lambda:PublishLayerVersion'], scope.layerArn),
      allow('LayerVersions', ['lambda:GetLayerVersion', 'lambda:DeleteLayerVersion'], `${scope.layerArn}:*`),
      allow(
        'Table',
        [
          'dynamodb:CreateTable',
          'dynamodb:DescribeTable',
          'dynamodb:UpdateTable',
          'dynamodb:DeleteTable',
          'dynamodb:UpdateTimeToLive',
          'dynamodb:DescribeTimeToLive',
          'dynamodb:TagResource',
          'dynamodb:ListTagsOfResource',
          'dynamodb:Query',
          'dynamodb:Scan',
        ],
        [scope.tableArn, `${scope.tableArn}/index/*`],
      ),
      allow('ApiList', ['apigateway:GET', 'apigateway:POST'], apis),
      allow(
        'ApiTags',
        ['apigateway:GET', 'apigateway:PUT'],
        `arn:${scope.partition}:apigateway:${scope.region}::/tags/*`,
      ),
      allow(
        'Api',
        ['apigateway:GET', 'apigateway:POST', 'apigateway:PUT', 'apigateway:PATCH', 'apigateway:DELETE'],
        `${apis}/*`,
      ),
      allow(
        'Logs',
        [
          'logs:CreateLogGroup',
          'logs:DeleteLogGroup',
          'logs:PutRetentionPolicy',
          'logs:TagResource',
          'logs:ListTagsForResource',
          'logs:FilterLogEvents',
        ],
        scope.logGroupArns.flatMap(arn => [arn, `${arn}:*`]),
      ),
    ],
  };
}

/** The action that a call needs, where it has another name. */
const actionOf: Record<string, string> = {'lambda:Invoke': 'lambda:InvokeFunction'};
const nowhere = {partition: '', region: '', roleArn: '', basicExecutionArn: '', tableArn: '', layerArn: ''};

/**
 * The Sid of the statement that allows an action (`iam:CreateRole`, `apigateway:POST`) or a call by the name of its SDK
 * client (`apigateway:CreateRestApi`). `resource`, where it is known, tells REST APIs as a whole from their parts.
 */
export function operatorStatement(action: string, resource = ''): string | undefined {
  const [service, name = ''] = action.split(':');
  if (service === 'apigateway') {
    if (/::\/tags\//.test(resource)) return 'ApiTags';
    const isList = /^(CreateRestApi|GetRestApis)$/.test(name) || /\/restapis$/.test(resource);
    return isList ? 'ApiList' : 'Api';
  }
  const wanted = actionOf[action] ?? action;
  const {Statement} = operatorPolicy({...nowhere, functionArns: [], logGroupArns: []});
  return Statement.find(each => each.Action.includes(wanted))?.Sid;
}

function allow(sid: string, actions: readonly string[], resource: unknown, condition?: object): Statement {
  return {
    Sid: sid,
    Effect: 'Allow',
    Action: actions,
    Resource: resource,
    ...(condition !== undefined && {Condition: condition}),
  };
}
