import {NormalizedSchema} from '@smithy/core/schema';
import type {OperationSchema, StaticOperationSchema, StaticStructureSchema} from '@smithy/types';
import type {Handler, SchemaService} from './service.ts';

/** One operation of a service, with its schemas ready to walk. */
export type Operation = {
  name: string;
  namespace: string;
  /** `[method, path template, status]`; only REST protocols have it. */
  http: readonly [string, string, number] | undefined;
  input: NormalizedSchema;
  output: NormalizedSchema;
  /** The operation as the SDK's response reader sees it when it is made to read our request. */
  reading: OperationSchema;
  /** The operation as the SDK's request writer sees it when it is made to write our answer. */
  writing: OperationSchema;
  handler: Handler;
};

/** Unpacks the operation tuples that every SDK client exports: `[9, namespace, name, traits, input, output]`. */
export function operationsOf(service: SchemaService): Operation[] {
  return service.operations.map(([schema, handler]) => operationOf(schema, handler));
}

function operationOf(schema: StaticOperationSchema, handler: Handler): Operation {
  const traits: unknown = schema[3];
  const http =
    typeof traits === 'object' && traits !== null && 'http' in traits
      ? (traits.http as [string, string, number])
      : undefined;
  const [, namespace, name] = schema;
  // Both may be a tuple or a function that gives one.
  const input = NormalizedSchema.of(schema[4]);
  const output = NormalizedSchema.of(schema[5]);
  const readable = input.isStructSchema() ? readableMembers(input) : input;
  return {
    name,
    namespace,
    http,
    input,
    output,
    reading: {namespace, name, traits: 0, input: 'unit', output: readable},
    writing: {namespace, name, traits: {http: ['POST', '/', 200]}, input: output, output: 'unit'},
    handler,
  };
}

/** A response has no path and no query: the reader would look for their members in the body, and find an intruder's. */
function readableMembers(input: NormalizedSchema): StaticStructureSchema {
  const [id, namespace, name, traits, names, members] = input.getSchema() as StaticStructureSchema;
  const readable = [...input.structIterator()].map(([, member]) => {
    const {httpLabel, httpQuery, httpQueryParams} = member.getMergedTraits();
    return !(httpLabel || httpQuery || httpQueryParams);
  });
  const kept = <T>(list: readonly T[]): T[] => list.filter((_, index) => readable[index]);
  return [id, namespace, name, traits, kept(names), kept(members)];
}
