import type {Context} from './context.ts';

type Place = Pick<Context, 'names' | 'identity'>;

export function roleArn({names, identity}: Place): string {
  return `arn:${identity.partition}:iam::${identity.account}:role/${names.role}`;
}

/** The AWS managed policy that lets a function write its logs. */
export function basicExecutionArn({identity}: Place): string {
  return `arn:${identity.partition}:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole`;
}

export function tableArn(place: Place): string {
  return `${regional(place, 'dynamodb')}:table/${place.names.table}`;
}

export function functionArn(place: Place, name: string): string {
  return `${regional(place, 'lambda')}:function:${name}`;
}

export function layerArn(place: Place): string {
  return `${regional(place, 'lambda')}:layer:${place.names.layer}`;
}

/** Without the `:*` that DescribeLogGroups adds: tagging calls refuse it. */
export function logGroupArn(place: Place, name: string): string {
  return `${regional(place, 'logs')}:log-group:${name}`;
}

/** What a resource policy names as the source: `path` is `authorizers/ID` or `STAGE/METHOD/resource`. */
export function executeApiArn(place: Place, apiId: string, path: string): string {
  return `${regional(place, 'execute-api')}:${apiId}/${path}`;
}

/** How API Gateway names an API where it is tagged: no account in it. */
export function restApiArn({names, identity}: Place, apiId: string): string {
  return `arn:${identity.partition}:apigateway:${names.region}::/restapis/${apiId}`;
}

/** How API Gateway names a function as the backend of a method or an authorizer. */
export function invocationUri(place: Place, functionName: string): string {
  const {identity, names} = place;
  const path = `path/2015-03-31/functions/${functionArn(place, functionName)}/invocations`;
  return `arn:${identity.partition}:apigateway:${names.region}:lambda:${path}`;
}

function regional({names, identity}: Place, service: string): string {
  return `arn:${identity.partition}:${service}:${names.region}:${identity.account}`;
}
