import {APIGatewayClient} from '@aws-sdk/client-api-gateway';
import {CloudWatchLogsClient} from '@aws-sdk/client-cloudwatch-logs';
import {DynamoDBClient} from '@aws-sdk/client-dynamodb';
import {IAMClient} from '@aws-sdk/client-iam';
import {LambdaClient} from '@aws-sdk/client-lambda';
import {STSClient} from '@aws-sdk/client-sts';
import type {MiddlewareStack} from '@smithy/types';
import {type ApiCall, apiCallMiddleware} from './api-call.ts';
import {rememberMiddleware} from './failed-call.ts';
import {ownPace, type Pace, paceMiddleware} from './pace.ts';
import {ToldRetryStrategy} from './retry-strategy.ts';
import {sendOnce} from './send-once.ts';
import {stopMiddleware} from './step-scope.ts';
import {checkEndpoint, isLoopback, type Target} from './target.ts';

const maxAttempts = 4;

export type Clients = {
  sts: STSClient;
  iam: IAMClient;
  lambda: LambdaClient;
  dynamodb: DynamoDBClient;
  apigateway: APIGatewayClient;
  logs: CloudWatchLogsClient;
  /** Closes the sockets. */
  destroy(): void;
};

/**
 * One client per service for `target`; `onCall` hears of every attempt of every call. Calls of API Gateway keep `pace`: that
 * of this process on AWS, none on this machine, where nothing is refused for its rate unless asked for. Throws a usage Problem when the
 * target's endpoint would be spoken to unencrypted over a network.
 */
export function createClients(target: Target, options: {onCall?: (call: ApiCall) => void; pace?: Pace} = {}): Clients {
  // The SDK prints a block of text about old Node versions when the first client is made; it would tear the screen.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  const settings = clientSettings(target);
  const clients = {
    sts: new STSClient(settings),
    iam: new IAMClient(settings),
    lambda: new LambdaClient(settings),
    dynamodb: new DynamoDBClient(settings),
    apigateway: new APIGatewayClient(settings),
    logs: new CloudWatchLogsClient(settings),
  };
  for (const [service, client] of Object.entries(clients)) {
    // biome-ignore lint/suspicious/noExplicitAny: one middleware for the commands of every client
    const stack: MiddlewareStack<any, any> = client.middlewareStack;
    stack.add(rememberMiddleware(service), {step: 'initialize', name: 'remember'});
    stack.add(stopMiddleware, {step: 'initialize', name: 'stop'});
    sendOnce(stack);
    if (options.onCall) {
      const middleware = apiCallMiddleware(service, options.onCall);
      stack.add(middleware, {step: 'deserialize', name: 'apiCall', priority: 'high'});
    }
  }
  const pace = options.pace ?? (isLoopback(target) ? undefined : ownPace);
  if (pace) keepPace(clients.apigateway, target, pace);
  return {
    ...clients,
    destroy() {
      for (const client of Object.values(clients)) client.destroy();
    },
  };
}

function keepPace(client: APIGatewayClient, {region, endpoint = 'AWS'}: Target, pace: Pace): void {
  const place = async () => {
    const {accountId, accessKeyId} = await client.config.credentials();
    return `${endpoint} ${region} ${accountId ?? accessKeyId}`;
  };
  const middleware = paceMiddleware(pace, place);
  // Inside the SDK's retries: a call that is repeated waits its turn again.
  client.middlewareStack.addRelativeTo(middleware, {relation: 'after', toMiddleware: 'retryMiddleware', name: 'pace'});
}

function clientSettings(target: Target) {
  const common = {
    region: target.region,
    maxAttempts,
    retryStrategy: new ToldRetryStrategy(maxAttempts),
    // Without `throwOnRequestTimeout` the SDK prints a warning on the console and goes on waiting.
    requestHandler: {connectionTimeout: 5_000, requestTimeout: 30_000, throwOnRequestTimeout: true},
  };
  if (target.endpoint === undefined) return {...common, ...(target.profile !== undefined && {profile: target.profile})};
  checkEndpoint(target.endpoint);
  const endpoint = {...common, endpoint: target.endpoint};
  if (!isLoopback(target)) return {...endpoint, ...(target.profile !== undefined && {profile: target.profile})};
  return {
    ...endpoint,
    // A host prefix such as `stream-` has no address on a loopback endpoint.
    disableHostPrefix: true,
    // Given here, so that no missing variable can make the SDK look for a real account's keys.
    ...(!target.environmentKeys && {credentials: {accessKeyId: 'test', secretAccessKey: 'test'}}),
  };
}
