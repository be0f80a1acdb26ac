import * as apigateway from '@aws-sdk/client-api-gateway';
import * as logs from '@aws-sdk/client-cloudwatch-logs';
import * as dynamodb from '@aws-sdk/client-dynamodb';
import * as iam from '@aws-sdk/client-iam';
import * as lambda from '@aws-sdk/client-lambda';
import type {Send} from './recorded.ts';

const modules = {apigateway, logs, dynamodb, iam, lambda};

/** The SDK's clients as they come. */
export function stockClients(endpoint: string) {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  const config = {endpoint, region: 'us-east-1', credentials: {accessKeyId: 'test', secretAccessKey: 'test'}};
  return {
    apigateway: new apigateway.APIGatewayClient(config),
    logs: new logs.CloudWatchLogsClient(config),
    dynamodb: new dynamodb.DynamoDBClient(config),
    iam: new iam.IAMClient(config),
    lambda: new lambda.LambdaClient(config),
  };
}

/** Sends by the SDK. */
export function sdkSender(clients: ReturnType<typeof stockClients>): Send {
  return ({service, operation, input}) => {
    const name = service as keyof typeof modules;
    type Command = new (input: object) => object;
    const Command = (modules[name] as unknown as Record<string, Command>)[`${operation}Command`]!;
    const client = clients[name] as unknown as {send(command: object): Promise<Record<string, unknown>>};
    return client.send(new Command(input));
  };
}
