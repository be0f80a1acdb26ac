import type {ApiAnswer, ApiConnection} from './api-connection.ts';
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

/** Speaks the Runtime API `2018-06-01`. */
export class RuntimeApiClient {
  private readonly connection: ApiConnection;

  constructor(connection: ApiConnection) {
    this.connection = connection;
  }

  /** Whether `next` may be called before an answer has been accepted. */
  get direct(): boolean {
    return this.connection.direct;
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

  private call(
    method: 'GET' | 'POST',
    path: string,
    body = '',
    headers: Record<string, string> = {},
  ): Promise<ApiAnswer> {
    const own = {'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body)};
    return this.connection.request({
      method,
      path: `/2018-06-01/runtime/${path}`,
      headers: {...headers, ...(method === 'POST' && own)},
      body,
    });
  }
}

function typeHeader(error: ErrorObject): Record<string, string> {
  return {'Lambda-Runtime-Function-Error-Type': error.errorType.replace(/[^\x20-\x7e]/g, '')};
}
