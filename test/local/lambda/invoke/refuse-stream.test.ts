import {InvokeWithResponseStreamCommand, LambdaClient} from '@aws-sdk/client-lambda';
import {expect, test} from 'vitest';
import {startWireServer} from '../../../../src/local/wire/server.ts';
import {startLambda} from '../service/call.ts';

test('a client that wants a streamed response is told that there is none', async () => {
  const aws = await startLambda();
  const server = await startWireServer({
    port: 0,
    services: [aws.lambda.service],
    dataPlane: async () => {},
    download: key => aws.lambda.download(key),
    onFault: () => {},
  });
  const client = new LambdaClient({
    region: 'us-east-1',
    endpoint: server.endpoint,
    credentials: {accessKeyId: 'test', secretAccessKey: 'test'},
    maxAttempts: 1,
  });
  const call = client.send(new InvokeWithResponseStreamCommand({FunctionName: 'f', Payload: Buffer.from('{}')}));
  await expect(call).rejects.toMatchObject({
    name: 'InvalidParameterValueException',
    message: expect.stringContaining('does not stream responses'),
    $metadata: {httpStatusCode: 400},
  });
  client.destroy();
  await server.close();
  await aws.end();
});
