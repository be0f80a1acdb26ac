import type {Seen} from './environment.ts';
import type {DirectRequest, HttpRequest, TargetRequest} from './request.ts';

/** One invocation, as routes get it. */
export type Visit<Request = TargetRequest> = {
  request: Request;
  /** Of this environment. */
  seen: Seen;
  /** Start of the process to code loaded. */
  initMs: number;
  /** Lambda's; API Gateway has another. */
  requestId: string;
  /** The function's environment variables. */
  variables: NodeJS.ProcessEnv;
  /** For the log: `GET /hello`. */
  tookRoute(route: string): void;
};

export type HttpVisit = Visit<HttpRequest>;
export type DirectVisit = Visit<DirectRequest>;
