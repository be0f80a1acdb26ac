import {apiArn, type Call, domainNameOf, headerOf, methodArn} from './call.ts';

/** The event of a Lambda proxy integration, format 1.0. `authorizer` is what the authorizer left for it. */
export function proxyEvent(call: Call, authorizer: Record<string, unknown> | undefined) {
  const binary = isBinary(headerOf(call, 'content-type'), call.deployment.snapshot.binaryMediaTypes);
  return {
    ...requestPart(call),
    queryStringParameters: orNull(lastValues(call.query)),
    multiValueQueryStringParameters: orNull(call.query),
    pathParameters: orNull(call.pathParameters),
    stageVariables: orNull(Object.fromEntries(call.stage.variables)),
    requestContext: {...requestContext(call), ...(authorizer && {authorizer})},
    body: call.body.length === 0 ? null : Buffer.from(call.body).toString(binary ? 'base64' : 'utf8'),
    isBase64Encoded: binary && call.body.length > 0,
  };
}

/** The event of an authorizer of type REQUEST; what is empty is an empty object here, not null. */
export function requestAuthorizerEvent(call: Call) {
  return {
    type: 'REQUEST',
    methodArn: methodArn(call),
    ...requestPart(call),
    queryStringParameters: lastValues(call.query),
    multiValueQueryStringParameters: call.query,
    pathParameters: call.pathParameters,
    stageVariables: Object.fromEntries(call.stage.variables),
    requestContext: requestContext(call),
  };
}

/** The event of an authorizer of type TOKEN. */
export function tokenAuthorizerEvent(call: Call, authorizationToken: string) {
  return {type: 'TOKEN', methodArn: methodArn(call), authorizationToken};
}

/** The request context without the authorizer's part; also what `context.…` identity sources name. */
export function requestContext(call: Call) {
  const {api, stage, resource, deployment, receivedAt} = call;
  return {
    resourceId: resource.id,
    resourcePath: resource.path,
    httpMethod: call.httpMethod,
    extendedRequestId: call.extendedRequestId,
    requestTime: commonLogTime(new Date(receivedAt)),
    path: `/${stage.stageName}${call.path}`,
    accountId: call.account,
    protocol: 'HTTP/1.1',
    stage: stage.stageName,
    domainPrefix: api.id,
    requestTimeEpoch: receivedAt,
    requestId: call.requestId,
    identity: {
      cognitoIdentityPoolId: null,
      accountId: null,
      cognitoIdentityId: null,
      caller: null,
      sourceIp: call.sourceIp,
      principalOrgId: null,
      accessKey: null,
      cognitoAuthenticationType: null,
      cognitoAuthenticationProvider: null,
      userArn: null,
      userAgent: headerOf(call, 'user-agent') ?? null,
      user: null,
    },
    domainName: domainNameOf(api),
    deploymentId: deployment.id,
    apiId: api.id,
  };
}

/** The ARN an integration is invoked for; a path variable stays as it is written in the resource. */
export const integrationArn = (call: Call) =>
  `${apiArn(call)}/${call.stage.stageName}/${call.method.httpMethod === 'ANY' ? call.httpMethod : call.method.httpMethod}${call.resource.path}`;

/** True when one of the API's binary media types (`image/png`, `image/*`, `*\/*`) covers the type. */
export function isBinary(mediaType: string | undefined, binaryMediaTypes: readonly string[]): boolean {
  const type = mediaType?.split(/[;,]/)[0]?.trim().toLowerCase() ?? '';
  return binaryMediaTypes.some(binary => {
    const wanted = binary.replaceAll('~1', '/').toLowerCase();
    return wanted === '*/*' || wanted === type || (wanted.endsWith('/*') && type.startsWith(wanted.slice(0, -1)));
  });
}

function requestPart(call: Call) {
  return {
    resource: call.resource.path,
    path: call.path,
    httpMethod: call.httpMethod,
    headers: lastValues(call.headers),
    multiValueHeaders: call.headers,
  };
}

function lastValues(values: Record<string, string[]>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, all]) => [name, all.at(-1)!]));
}

function orNull<T extends object>(values: T): T | null {
  return Object.keys(values).length > 0 ? values : null;
}

/** `21/Nov/2026:02:42:46 +0000` */
function commonLogTime(date: Date): string {
  const [, day, month, year, time] = date.toUTCString().split(' ');
  return `${day}/${month}/${year}:${time} +0000`;
}
