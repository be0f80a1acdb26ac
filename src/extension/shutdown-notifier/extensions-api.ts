import http from 'node:http';

/** Name of the file in the layer, which makes the extension an external one. */
const extensionName = 'shutdown-notifier';

export type Registration = {identifier: string; functionName?: string; functionVersion?: string};

/** The two calls of Lambda's Extensions API (2020-01-01) that are needed. They reject with a RuntimeApiError. */
export type ExtensionsApi = {
  register(events: readonly string[]): Promise<Registration>;
  /** Waits without limit. `onSent` runs when the request has left the process. */
  next(identifier: string, onSent: () => void): Promise<unknown>;
};

/** `status` is absent when no answer came. */
export class RuntimeApiError extends Error {
  readonly status: number | undefined;

  constructor(message: string, status?: number) {
    super(message);
    this.status = status;
  }
}

/** `address` is AWS_LAMBDA_RUNTIME_API, `host:port`. */
export function createExtensionsApi(address: string): ExtensionsApi {
  const base = `http://${address}/2020-01-01/extension`;
  // No time limit anywhere: a parked `next` may be hours old.
  const agent = new http.Agent({keepAlive: true});

  function call(method: string, path: string, headers: http.OutgoingHttpHeaders, body?: string, onSent?: () => void) {
    return new Promise<{headers: http.IncomingHttpHeaders; body: unknown}>((resolve, reject) => {
      const request = http.request(`${base}${path}`, {method, agent, headers}, response => {
        const chunks: Buffer[] = [];
        response.on('data', chunk => chunks.push(chunk));
        response.on('error', error => reject(new RuntimeApiError(error.message)));
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          if (response.statusCode !== 200) {
            return reject(new RuntimeApiError(`HTTP ${response.statusCode}: ${text.trim()}`, response.statusCode));
          }
          try {
            resolve({headers: response.headers, body: JSON.parse(text)});
          } catch {
            reject(new RuntimeApiError('answer is not JSON'));
          }
        });
      });
      request.on('error', error => reject(new RuntimeApiError(error.message)));
      if (onSent) request.once('finish', onSent);
      request.end(body);
    });
  }

  return {
    async register(events) {
      const answer = await call(
        'POST',
        '/register',
        {'lambda-extension-name': extensionName, 'content-type': 'application/json'},
        JSON.stringify({events}),
      );
      const identifier = answer.headers['lambda-extension-identifier'];
      if (typeof identifier !== 'string') throw new RuntimeApiError('register gave no identifier');
      const {functionName, functionVersion} = Object(answer.body);
      return {
        identifier,
        ...(typeof functionName === 'string' && {functionName}),
        ...(typeof functionVersion === 'string' && {functionVersion}),
      };
    },
    async next(identifier, onSent) {
      const answer = await call('GET', '/event/next', {'lambda-extension-identifier': identifier}, undefined, onSent);
      return answer.body;
    },
  };
}
