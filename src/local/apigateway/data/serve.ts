import type {IncomingMessage, ServerResponse} from 'node:http';
import type {DataPlane, DataPlaneRoute} from '../../wire/data-plane.ts';
import type {Apis, Stage} from '../model.ts';
import {type AuthorizerCache, authorize} from './authorize.ts';
import {
  type Call,
  callHeaders,
  callPath,
  callQuery,
  domainNameOf,
  headerOf,
  newRequestIds,
  type RequestIds,
  sourceIpOf,
} from './call.ts';
import {integrationArn, isBinary, proxyEvent} from './event.ts';
import {GatewayError, gatewayErrors} from './gateway-error.ts';
import {type InvokeFunction, invokeFor} from './invoke.ts';
import {type ProxyAnswer, readProxyAnswer} from './proxy-answer.ts';
import {matchResource} from './router.ts';
import {admits, type Buckets} from './throttle.ts';

/**
 * Serves the deployed stages of all APIs: route, throttle, authorize, invoke, answer. A stage is ready `stageSettleMs` after it
 * was made, as on AWS, where new ones are seen to answer 403 and 500 at first.
 */
export function createDataPlane(options: {apis: Apis; invoke: InvokeFunction; stageSettleMs?: number}): DataPlane {
  const {apis, invoke, stageSettleMs = 0} = options;
  const cache: AuthorizerCache = new Map();
  const buckets: Buckets = new Map();

  async function answerFor(call: Call): Promise<ProxyAnswer> {
    // No API keys exist here, so none can be right.
    if (call.method.apiKeyRequired) throw gatewayErrors.forbidden();
    if (!admits(buckets, call)) throw gatewayErrors.throttled();
    const authorizer = await authorize(call, {invoke, cache});
    const {uri, timeoutInMillis = 29_000} = call.method.methodIntegration ?? {};
    const event = proxyEvent(call, authorizer);
    const sourceArn = integrationArn(call);
    const answer = await invokeFor(call, {invoke, uri, event, sourceArn, timeoutMs: timeoutInMillis});
    return readProxyAnswer(answer, isBinary(headerOf(call, 'accept'), call.deployment.snapshot.binaryMediaTypes));
  }

  return async (request, response, route) => {
    const ids = newRequestIds(request);
    try {
      const answer = await answerFor(findCall({apis, request, route, ids, stageSettleMs}));
      sendAnswer(response, ids, answer);
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error;
      sendError(response, ids, error);
    }
  };
}

/** The deployed method for a request; 403 as API Gateway answers for an unknown API, stage, path or verb. */
function findCall(given: {
  apis: Apis;
  request: IncomingMessage;
  route: DataPlaneRoute;
  ids: RequestIds;
  stageSettleMs: number;
}): Call {
  const {apis, request, route, ids, stageSettleMs} = given;
  const api = apis.get(route.apiId);
  const stage = api?.stages.get(route.stage);
  const deployment = api?.deployments.get(stage?.deploymentId ?? '');
  if (!api || !stage || !deployment || api.disableExecuteApiEndpoint) throw gatewayErrors.forbidden();
  checkSettled(stage, ids.receivedAt, stageSettleMs);
  const match = matchResource(deployment.snapshot.resources, route.path);
  const httpMethod = request.method ?? 'GET';
  const method = match?.resource.methods.get(httpMethod) ?? match?.resource.methods.get('ANY');
  if (!match || !method) throw gatewayErrors.unknownRoute();
  return {
    ...match,
    ...ids,
    api,
    stage,
    deployment,
    method,
    account: api.account,
    httpMethod,
    path: callPath(route),
    headers: callHeaders(request, domainNameOf(api), ids.traceId),
    query: callQuery(route),
    body: route.body,
    sourceIp: sourceIpOf(request),
  };
}

function checkSettled({madeAt}: Stage, now: number, settleMs: number): void {
  const age = now - madeAt;
  if (age < settleMs / 2) throw gatewayErrors.forbidden();
  if (age < settleMs) throw gatewayErrors.integrationFailed();
}

function sendAnswer(response: ServerResponse, ids: RequestIds, {status, headers, body}: ProxyAnswer): void {
  response.setHeader('Content-Type', 'application/json');
  for (const [name, values] of headers) response.setHeader(name, values.length === 1 ? values[0]! : values);
  // Set last: a function cannot stand in for the gateway.
  setOwnHeaders(response, ids);
  response.setHeader('X-Amzn-Trace-Id', ids.traceId);
  if (status !== 204 && status !== 304) response.setHeader('Content-Length', body.length);
  response.writeHead(status).end(body);
}

function sendError(response: ServerResponse, ids: RequestIds, {status, type, body}: GatewayError): void {
  setOwnHeaders(response, ids);
  response.setHeader('x-amzn-ErrorType', type);
  response.setHeader('Content-Type', 'application/json');
  response.setHeader('Content-Length', Buffer.byteLength(body));
  response.writeHead(status).end(body);
}

function setOwnHeaders(response: ServerResponse, {requestId, extendedRequestId}: RequestIds): void {
  response.setHeader('x-amzn-RequestId', requestId);
  response.setHeader('x-amz-apigw-id', extendedRequestId);
}
