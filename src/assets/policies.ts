/** An IAM policy document, ready for JSON. */
type PolicyDocument = {Version: '2012-10-17'; Statement: readonly object[]};

/** Who may assume the role of both functions: the Lambda service. */
export function trustPolicy(): PolicyDocument {
  return policy({Effect: 'Allow', Principal: {Service: 'lambda.amazonaws.com'}, Action: 'sts:AssumeRole'});
}

/** The inline policy `DynamoDBAccess`: write and read the event table and its indexes. */
export function dynamoDbAccess(tableArn: string): PolicyDocument {
  return policy({
    Effect: 'Allow',
    Action: ['dynamodb:PutItem', 'dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:Scan'],
    Resource: [tableArn, `${tableArn}/index/*`],
  });
}

/**
 * The inline policy `NoLateLogGroups`. Lambda flushes logs minutes after a function is gone and, allowed to by
 * AWSLambdaBasicExecutionRole, would bring a deleted log group back without retention.
 */
export function noLateLogGroups(): PolicyDocument {
  return policy({Effect: 'Deny', Action: 'logs:CreateLogGroup', Resource: '*'});
}

function policy(statement: object): PolicyDocument {
  return {Version: '2012-10-17', Statement: [statement]};
}
