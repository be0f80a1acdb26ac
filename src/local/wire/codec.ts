import type {Operation} from './operation.ts';
import type {ServiceError} from './service.ts';
import type {WireRequest, WireResponse} from './wire-request.ts';

/** A request matched to its operation; `labels` are the decoded parts of a REST path. */
export type Match = {operation: Operation; labels: Record<string, string>};

/** How one service's requests are read and its answers written. */
export type Codec = {
  /** Undefined when the service has no such operation; never looks into the body further than its name. */
  find(request: WireRequest): Match | undefined;
  /** The modelled input; throws ServiceError for anything that does not fit the schema. */
  decode(request: WireRequest, match: Match): Promise<Record<string, unknown>>;
  encode(operation: Operation, output: unknown, requestId: string): Promise<WireResponse>;
  error(error: ServiceError, requestId: string): WireResponse;
};
