import {AwsRestJsonProtocol} from '@aws-sdk/core/protocols';
import type {NormalizedSchema} from '@smithy/core/schema';
import type {Codec, Match} from './codec.ts';
import {parseJsonObject, readSafely, withoutNulls} from './json-body.ts';
import {readAsResponse, writeAsRequest} from './mirror.ts';
import {type Operation, operationsOf} from './operation.ts';
import {compileRoute, matchRoute, type RestRoute, splitPath} from './rest-route.ts';
import {type SchemaService, ServiceError} from './service.ts';
import {textValue} from './text-value.ts';
import {checkRequired, checkTypes} from './validate.ts';
import type {WireRequest} from './wire-request.ts';

/** restJson1: the operation is found by method and path; members sit in path, query, headers and body. */
export function restJsonCodec(service: SchemaService): Codec {
  const routes = routesOf(service);
  const namespace = routes[0]?.operation.namespace ?? '';
  const protocol = new AwsRestJsonProtocol({defaultNamespace: namespace, errorTypeRegistries: []});
  protocol.setSerdeContext({} as never);
  const validationCode = service.validationCode ?? 'ValidationException';
  return {
    find: request => findRoute(routes, request),
    async decode(request, {operation, labels}) {
      const {input} = operation;
      if (input.isUnitSchema()) return {};
      if (!hasPayloadMember(input)) checkTypes(input, parseJsonObject(request.body), true, isInBody);
      const read = await readSafely(() => readAsResponse(protocol, operation.reading, request.headers, request.body));
      const members = {...withoutNulls(read), ...textMembers(input, labels, new URLSearchParams(request.query))};
      checkRequired(input, members, validationCode);
      return members;
    },
    async encode(operation, output) {
      const status = statusOf(operation, output);
      if (operation.output.isUnitSchema()) return {status, headers: {}, body: ''};
      const value = withoutStatus(operation.output, (output ?? {}) as Record<string, unknown>);
      const {headers, body} = await writeAsRequest(protocol, operation.writing, value);
      return {status, headers, body: status === 204 ? '' : body};
    },
    error: error => ({
      status: error.status,
      headers: {'content-type': 'application/json', 'x-amzn-errortype': error.code},
      // The type is in the header alone, as AWS answers in this protocol.
      body: JSON.stringify({...error.members, message: error.message}),
    }),
  };
}

type Routed = {route: RestRoute; operation: Operation};

function routesOf(service: SchemaService): Routed[] {
  return operationsOf(service)
    .map(operation => {
      if (!operation.http) throw new Error(`${operation.name} has no HTTP binding`);
      return {route: compileRoute(operation.http[0], operation.http[1]), operation};
    })
    .sort((a, b) => b.route.weight - a.route.weight);
}

function findRoute(routes: readonly Routed[], request: WireRequest): Match | undefined {
  const parts = splitPath(request.path);
  const query = new URLSearchParams(request.query);
  try {
    for (const {route, operation} of routes) {
      const labels = matchRoute(route, request.method, parts, query);
      if (labels) return {operation, labels};
    }
  } catch {
    throw new ServiceError('BadRequestException', `The path ${request.path} is not properly percent-encoded`);
  }
  return;
}

function textMembers(
  input: NormalizedSchema,
  labels: Record<string, string>,
  query: URLSearchParams,
): Record<string, unknown> {
  const members: Record<string, unknown> = {};
  for (const [name, member] of input.structIterator()) {
    const value = textMember(name, member, labels, query);
    if (value !== undefined) members[name] = value;
  }
  return members;
}

function textMember(
  name: string,
  member: NormalizedSchema,
  labels: Record<string, string>,
  query: URLSearchParams,
): unknown {
  const traits = member.getMergedTraits();
  if (traits.httpLabel) return textValue(member, labels[name] ?? '');
  if (traits.httpQuery) return queryMember(member, query.getAll(traits.httpQuery));
  return traits.httpQueryParams ? Object.fromEntries(query) : undefined;
}

function queryMember(member: NormalizedSchema, values: readonly string[]): unknown {
  const [first] = values;
  if (first === undefined) return undefined;
  if (!member.isListSchema()) return textValue(member, first);
  const element = member.getValueSchema();
  return values.map(value => textValue(element, value));
}

function isInBody(member: NormalizedSchema): boolean {
  const traits = member.getMergedTraits();
  return !(
    traits.httpLabel ||
    traits.httpQuery ||
    traits.httpQueryParams ||
    traits.httpHeader ||
    traits.httpPrefixHeaders
  );
}

function hasPayloadMember(input: NormalizedSchema): boolean {
  return [...input.structIterator()].some(([, member]) => member.getMergedTraits().httpPayload);
}

function statusMember(output: NormalizedSchema): string | undefined {
  if (!output.isStructSchema()) return;
  return [...output.structIterator()].find(([, member]) => member.getMergedTraits().httpResponseCode)?.[0];
}

function statusOf(operation: Operation, output: unknown): number {
  const name = statusMember(operation.output);
  const own = name === undefined ? undefined : (output as Record<string, unknown> | undefined)?.[name];
  return typeof own === 'number' ? own : (operation.http?.[2] ?? 200);
}

/** The status is no part of the body, but the request writer would put it there. */
function withoutStatus(output: NormalizedSchema, value: Record<string, unknown>): Record<string, unknown> {
  const name = statusMember(output);
  return name === undefined ? value : Object.fromEntries(Object.entries(value).filter(([key]) => key !== name));
}
