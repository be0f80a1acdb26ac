import {awsJsonCodec} from './aws-json.ts';
import {awsQueryCodec, queryError} from './aws-query.ts';
import type {Codec} from './codec.ts';
import {jsonError} from './json-body.ts';
import {restJsonCodec} from './rest-json.ts';
import {type RawService, type RequestContext, type SchemaService, type Service, ServiceError} from './service.ts';
import {ConnectionCut, type PassingCall, type Traffic} from './traffic.ts';
import type {WireRequest, WireResponse} from './wire-request.ts';

/** Answers one request of one service; throws nothing but `ConnectionCut`. */
export type Dispatch = (request: WireRequest, context: RequestContext) => Promise<WireResponse>;

/** Errors that no service modelled: they are ours, and someone should hear of them. */
export type OnFault = (fault: unknown, operation: string) => void;

export function dispatchTo(service: Service, traffic: Traffic, onFault: OnFault): Dispatch {
  return service.kind === 'raw' ? dispatchRaw(service, traffic, onFault) : dispatchBySchema(service, traffic, onFault);
}

const codecs: Record<SchemaService['protocol'], (service: SchemaService) => Codec> = {
  restJson1: restJsonCodec,
  awsJson1_1: awsJsonCodec,
  awsQuery: awsQueryCodec,
};

function dispatchBySchema(service: SchemaService, traffic: Traffic, onFault: OnFault): Dispatch {
  const codec = codecs[service.protocol](service);
  return async (request, context) => {
    let name = `${request.method} ${request.path}`;
    try {
      const match = codec.find(request);
      if (!match) throw notImplemented(`${service.scope}: ${nameOf(request)}`);
      name = match.operation.name;
      refuseWritesByLink(service, request, name);
      const input = await codec.decode(request, match);
      const {handler} = match.operation;
      const output = await traffic(passing(service, name, context), async () => await handler(input, context));
      return await codec.encode(match.operation, output, context.requestId);
    } catch (error) {
      if (error instanceof ConnectionCut) throw error;
      return codec.error(modelled(error, `${service.scope} ${name}`, onFault), context.requestId);
    }
  };
}

function dispatchRaw(service: RawService, traffic: Traffic, onFault: OnFault): Dispatch {
  return async (request, context) => {
    try {
      const operation = request.headers['x-amz-target']?.split('.').at(-1) ?? '';
      return await traffic(passing(service, operation, context), () => service.handle(request, context));
    } catch (error) {
      if (error instanceof ConnectionCut) throw error;
      return plainError(modelled(error, `${service.scope} ${nameOf(request)}`, onFault), request, context.requestId);
    }
  };
}

function passing({scope}: Service, operation: string, {account, region}: RequestContext): PassingCall {
  return {service: scope, operation, account, region};
}

/** An error before any service is known, in the form the caller is likely to read. */
export function plainError(
  error: ServiceError,
  request: Pick<WireRequest, 'headers'>,
  requestId: string,
): WireResponse {
  if (request.headers['content-type']?.startsWith('application/x-www-form-urlencoded')) {
    return queryError(error, requestId);
  }
  const headers = {'content-type': 'application/json', 'x-amzn-errortype': error.code};
  return {status: error.status, headers, body: jsonError(error)};
}

export function notImplemented(what: string): ServiceError {
  return new ServiceError('NotImplemented', `The embedded AWS does not serve ${what}`, 501);
}

/** A signed link is for looking: the query protocol would let it change things as well. */
function refuseWritesByLink(service: SchemaService, request: WireRequest, operation: string): void {
  if (service.protocol === 'awsQuery' && request.method === 'GET' && !/^(Get|List)/.test(operation)) {
    throw new ServiceError('AccessDeniedException', `${operation} is not taken by GET`, 403);
  }
}

function nameOf(request: WireRequest): string {
  const action = /(?:^|&)Action=(\w+)/.exec(request.method === 'GET' ? request.query : headOf(request.body))?.[1];
  return request.headers['x-amz-target'] ?? action ?? `${request.method} ${request.path}`;
}

const headOf = (body: Uint8Array): string => Buffer.from(body.subarray(0, 1_000)).toString('latin1');

function modelled(error: unknown, operation: string, onFault: OnFault): ServiceError {
  if (error instanceof ServiceError) return error;
  onFault(error, operation);
  return new ServiceError('InternalFailure', 'The embedded AWS failed to answer. This is a defect of ours.', 500);
}
