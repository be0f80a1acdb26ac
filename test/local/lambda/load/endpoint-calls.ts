import {Agent, type IncomingHttpHeaders, request} from 'node:http';
import {CreateRoleCommand, IAMClient} from '@aws-sdk/client-iam';
import {
  CreateFunctionCommand,
  LambdaClient,
  PublishLayerVersionCommand,
  PutFunctionConcurrencyCommand,
  waitUntilFunctionActiveV2,
} from '@aws-sdk/client-lambda';
import {zipOf} from '../service/call.ts';

export type RawAnswer = {status: number; headers: IncomingHttpHeaders; body: string};

/** A function to be made: what CreateFunction takes beyond the usual, its code, and the files of its one layer. */
type FunctionPlan = {
  name: string;
  code: Record<string, string>;
  layer?: Record<string, string>;
  runtime?: 'nodejs24.x' | 'provided.al2023';
  variables?: Record<string, string>;
  concurrency?: number;
};

const lambdaMayAssume = {
  Version: '2012-10-17',
  Statement: [{Effect: 'Allow', Principal: {Service: 'lambda.amazonaws.com'}, Action: 'sts:AssumeRole'}],
};

/** Makes a function through the endpoint as a user does, and waits until it is active. */
export async function provideFunction(endpoint: string, plan: FunctionPlan): Promise<void> {
  const config = {endpoint, region: 'us-east-1', credentials: {accessKeyId: 'test', secretAccessKey: 'test'}};
  const [client, iam] = [new LambdaClient(config), new IAMClient(config)];
  const {name, code, layer, runtime = 'nodejs24.x', variables = {}, concurrency} = plan;
  try {
    const {Role} = await iam.send(
      new CreateRoleCommand({RoleName: name, AssumeRolePolicyDocument: JSON.stringify(lambdaMayAssume)}),
    );
    const published =
      layer &&
      (await client.send(new PublishLayerVersionCommand({LayerName: name, Content: {ZipFile: await zipOf(layer)}})));
    await client.send(
      new CreateFunctionCommand({
        FunctionName: name,
        Runtime: runtime,
        Role: Role?.Arn,
        Handler: 'index.handler',
        Timeout: 30,
        Code: {ZipFile: await zipOf(code)},
        Layers: published ? [published.LayerVersionArn!] : [],
        Environment: {Variables: variables},
      }),
    );
    await waitUntilFunctionActiveV2({client, maxWaitTime: 20, minDelay: 1, maxDelay: 1}, {FunctionName: name});
    if (concurrency === undefined) return;
    await client.send(
      new PutFunctionConcurrencyCommand({FunctionName: name, ReservedConcurrentExecutions: concurrency}),
    );
  } finally {
    client.destroy();
    iam.destroy();
  }
}

/** Any number of sockets, kept open; the caller destroys it. */
export const manySockets = (): Agent => new Agent({keepAlive: true, maxSockets: Number.POSITIVE_INFINITY});

/** One Invoke as it is on the wire. With `tail` the answer comes at the end of the invoke phase. */
export function rawInvoke(
  endpoint: string,
  options: {agent: Agent; name: string; event: unknown; tail?: boolean},
): Promise<RawAnswer> {
  const {agent, name, event, tail = false} = options;
  const credential = 'Credential=test/20260101/us-east-1/lambda/aws4_request';
  const headers = {
    authorization: `AWS4-HMAC-SHA256 ${credential}, SignedHeaders=host, Signature=00`,
    'content-type': 'application/json',
    ...(tail && {'x-amz-log-type': 'Tail'}),
  };
  return new Promise((resolve, reject) => {
    const call = request(
      `${endpoint}/2015-03-31/functions/${name}/invocations`,
      {method: 'POST', agent, headers},
      response => {
        let body = '';
        response.setEncoding('utf8').on('data', (text: string) => {
          body += text;
        });
        response.on('error', reject);
        response.on('end', () => resolve({status: response.statusCode!, headers: response.headers, body}));
      },
    );
    call.on('error', reject);
    call.end(JSON.stringify(event));
  });
}
