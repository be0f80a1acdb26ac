import {APIGatewayClient} from '@aws-sdk/client-api-gateway';
import type {InvokeFunction} from '../../../src/local/apigateway/data/invoke.ts';
import {createApiGateway} from '../../../src/local/apigateway/service.ts';
import {startWireServer} from '../../../src/local/wire/server.ts';

type Invoked = Parameters<InvokeFunction>[0] & {
  // biome-ignore lint/suspicious/noExplicitAny: an event of either kind, looked into by the tests
  event: any;
};

export type Functions = Record<string, (invoked: Invoked) => unknown>;

/** Thrown by a function: an answer with a function error. */
export class FunctionError extends Error {}

/** API Gateway behind the real front, an SDK client, and functions by name in place of Lambda. */
export async function serveApiGateway(functions: Functions = {}) {
  const invoked: Invoked[] = [];
  const invoke: InvokeFunction = async request => {
    const name = request.functionArn.split(':')[6]!;
    const call = {...request, event: JSON.parse(Buffer.from(request.payload).toString())};
    invoked.push(call);
    try {
      const answer = await functions[name]!(call);
      return {payload: Buffer.from(typeof answer === 'string' ? answer : JSON.stringify(answer))};
    } catch (error) {
      if (!(error instanceof FunctionError)) throw error;
      const payload = Buffer.from(JSON.stringify({errorMessage: error.message, errorType: 'Error'}));
      return {payload, functionError: 'Unhandled'};
    }
  };
  const faults: unknown[] = [];
  const gateway = createApiGateway({invoke});
  const server = await startWireServer({
    port: 0,
    services: [gateway.service],
    dataPlane: gateway.dataPlane,
    onFault: fault => faults.push(fault),
  });
  const client = new APIGatewayClient({
    region: 'us-east-1',
    endpoint: server.endpoint,
    credentials: {accessKeyId: 'test', secretAccessKey: 'test'},
    maxAttempts: 1,
  });
  return {
    client,
    invoked,
    faults,
    endpoint: server.endpoint,
    async close() {
      client.destroy();
      await server.close();
    },
  };
}

export const lambdaUri = (name: string) =>
  `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:000000000000:function:${name}/invocations`;
