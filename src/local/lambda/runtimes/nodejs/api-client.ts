import {Agent, request as httpRequest} from 'node:http';
import type {ErrorObject} from './error-object.ts';

export type NextEvent = {
  requestId: string;
  deadlineMs: number;
  invokedFunctionArn: string;
  traceId: string | undefined;
  clientContext: string | undefined;
  cognitoIdentity: string | undefined;
  payload: string;
};

type Answer = {status: number; headers: Record<string, string | string[] | undefined>; body: string};

/** Speaks the Runtime API `2018-06-01` over one connection that is kept open, without any time limit. */
export class RuntimeApiClient {
  private readonly host: string;
  private readonly port: number;
  private readonly agent = new Agent({keepAlive: true, maxSockets: 1, timeout: 0});

  /** `api`: `host:port`. */
  constructor(api: string) {
    const [host, port] = api.split(':');
    this.host = host!;
    this.port = Number(port);
  }

  async next(): Promise<NextEvent> {
    const answer = await this.call('GET', 'invocation/next');
    if (answer.status !== 200) throw new Error(`The Runtime API refused next with ${answer.status}: ${answer.body}`);
    const header = (name: string) => {
      const value = answer.headers[`lambda-runtime-${name}`];
      return Array.isArray(value) ? value[0] : value;
    };
    return {
      requestId: header('aws-request-id')!,
      deadlineMs: Number(header('deadline-ms')),
      invokedFunctionArn: header('invoked-function-arn')!,
      traceId: header('trace-id'),
      clientContext: header('client-context'),
      cognitoIdentity: header('cognito-identity'),
      payload: answer.body,
    };
  }

  async respond(requestId: string, body: string): Promise<void> {
    await this.call('POST', `invocation/${requestId}/response`, body);
  }

  async invocationError(requestId: string, error: ErrorObject): Promise<void> {
    await this.call('POST', `invocation/${requestId}/error`, JSON.stringify(error), typeHeader(error));
  }

  async initError(error: ErrorObject): Promise<void> {
    await this.call('POST', 'init/error', JSON.stringify(error), typeHeader(error));
  }

  private call(method: string, path: string, body?: string, headers: Record<string, string> = {}): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const call = httpRequest(
        {
          host: this.host,
          port: this.port,
          method,
          path: `/2018-06-01/runtime/${path}`,
          agent: this.agent,
          headers: {
            ...headers,
            ...(body === undefined
              ? {}
              : {'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body)}),
          },
        },
        response => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () =>
            resolve({
              status: response.statusCode!,
              headers: response.headers,
              body: Buffer.concat(chunks).toString('utf8'),
            }),
          );
        },
      );
      call.on('error', reject);
      call.end(body);
    });
  }
}

function typeHeader(error: ErrorObject): Record<string, string> {
  return {'Lambda-Runtime-Function-Error-Type': error.errorType.replace(/[^\x20-\x7e]/g, '')};
}
