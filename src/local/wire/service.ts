import type {StaticOperationSchema} from '@smithy/types';

/** What a handler may know of the request it answers. */
export type RequestContext = {
  region: string;
  /** 12 digits. */
  account: string;
  /** UUID, also in the answer's `x-amzn-RequestId`. */
  requestId: string;
  /** `http://127.0.0.1:PORT`, the address the caller used. */
  endpoint: string;
};

/** Answers one operation: modelled input in, modelled output out, modelled errors thrown as `ServiceError`. */
// biome-ignore lint/suspicious/noExplicitAny: each service types its handlers by the SDK's own CommandInput and CommandOutput
export type Handler = (input: any, context: RequestContext) => any;

/** A service on the wire: which operations it serves, and how they are written. */
export type SchemaService = {
  kind: 'schema';
  /** The name in the SigV4 credential scope. */
  scope: string;
  protocol: 'restJson1' | 'awsJson1_1' | 'awsQuery';
  /** What the service calls a missing or malformed member; `ValidationException` unless said otherwise. */
  validationCode?: string;
  operations: readonly (readonly [StaticOperationSchema, Handler])[];
};

/** A service that speaks its own wire (DynamoDB's engine does): whole body in, whole answer out. */
export type RawService = {
  kind: 'raw';
  scope: string;
  handle(request: RawRequest, context: RequestContext): Promise<RawResponse>;
};

export type RawRequest = {
  method: string;
  path: string;
  query: string;
  headers: Record<string, string>;
  body: Uint8Array;
};
export type RawResponse = {status: number; headers: Record<string, string>; body: Uint8Array | string};

export type Service = SchemaService | RawService;

/** A modelled error: `code` is the exception's name as the SDK shows it in `error.name`. */
export class ServiceError extends Error {
  readonly code: string;
  readonly status: number;
  /** Further members of the error's body, `Reason` for example. */
  readonly members: Record<string, unknown>;

  constructor(code: string, message: string, status = 400, members: Record<string, unknown> = {}) {
    super(message);
    this.name = code;
    this.code = code;
    this.status = status;
    this.members = members;
  }
}
