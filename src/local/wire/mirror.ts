import type {AwsJson1_1Protocol, AwsRestJsonProtocol} from '@aws-sdk/core/protocols';
import type {OperationSchema} from '@smithy/types';

type Protocol = AwsJson1_1Protocol | AwsRestJsonProtocol;

// The SDK's protocols are written for clients: they write requests and read responses. Both directions are
// symmetric in the schema, so a server reads a request "as if it were a response" of the input's shape and
// writes an answer "as if it were a request". Only these two public methods are used.

const nowhere = {protocol: 'http:', hostname: '127.0.0.1', path: '/'};

/** Reads body and headers by the schema in `operation.output`. Labels and query members are not looked at. */
export async function readAsResponse(
  protocol: Protocol,
  operation: OperationSchema,
  headers: Record<string, string>,
  body: Uint8Array,
): Promise<Record<string, unknown>> {
  const response = {statusCode: 200, headers: {...headers}, body};
  return {...(await protocol.deserializeResponse(operation, {} as never, response as never))};
}

/** Writes a value of the schema in `operation.input`. */
export async function writeAsRequest(
  protocol: Protocol,
  operation: OperationSchema,
  value: object,
): Promise<{headers: Record<string, string>; body: Uint8Array | string}> {
  const context = {endpoint: async () => nowhere};
  const request = await protocol.serializeRequest(operation, value, context as never);
  const body = (request.body as Uint8Array | string | undefined) ?? '';
  return {headers: request.headers, body: withQueryMembers(body, request.query)};
}

/** Members that an input sends in the query (`position` of a listing) are in the body of an answer. */
function withQueryMembers(body: Uint8Array | string, query: Record<string, unknown> | undefined): Uint8Array | string {
  const members = Object.entries(query ?? {}).filter(([, value]) => value !== undefined);
  if (members.length === 0) return body;
  const text = typeof body === 'string' ? body : new TextDecoder().decode(body);
  return JSON.stringify({...JSON.parse(text || '{}'), ...Object.fromEntries(members)});
}
