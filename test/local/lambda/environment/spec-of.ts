import {randomBytes} from 'node:crypto';
import {join} from 'node:path';
import type {EnvironmentSpec} from '../../../../src/local/lambda/environment/environment.ts';

/** A function `demo` whose code and layers are folders of `place`. */
export function specOf(place: string, more: Partial<EnvironmentSpec> = {}): EnvironmentSpec {
  return {
    account: '000000000000',
    region: 'us-east-1',
    functionName: 'demo',
    functionVersion: '$LATEST',
    functionArn: 'arn:aws:lambda:us-east-1:000000000000:function:demo',
    runtime: 'nodejs24.x',
    handler: 'index.handler',
    memoryMb: 256,
    timeoutMs: 5_000,
    variables: {},
    codeFolder: join(place, 'code'),
    layersFolder: join(place, 'layers'),
    logGroup: '/aws/lambda/demo',
    logStream: `2026/11/21/[$LATEST]${randomBytes(16).toString('hex')}`,
    initializationType: 'on-demand',
    endpoint: 'http://127.0.0.1:1',
    ...more,
  };
}
