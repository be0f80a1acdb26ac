import type {NormalizedSchema} from '@smithy/core/schema';
import {ServiceError} from './service.ts';

type MemberFilter = (member: NormalizedSchema) => boolean;

/**
 * Throws SerializationException where parsed JSON does not fit the schema; the SDK's readers check nothing.
 * A null member of a structure counts as absent, as on AWS; a null in a list or map does not.
 */
export function checkTypes(
  schema: NormalizedSchema,
  value: unknown,
  useJsonName: boolean,
  applies?: MemberFilter,
): void {
  if (schema.isStructSchema()) checkStructure(schema, value, useJsonName, applies);
  else if (schema.isListSchema()) checkList(schema, value, useJsonName);
  else if (schema.isMapSchema()) checkMap(schema, value, useJsonName);
  else if (!schema.isDocumentSchema() && !schema.isUnitSchema()) checkScalar(schema, value);
}

function checkStructure(schema: NormalizedSchema, value: unknown, useJsonName: boolean, applies?: MemberFilter): void {
  const members = objectOf(value);
  for (const [name, member] of schema.structIterator()) {
    if (applies && !applies(member)) continue;
    const key = useJsonName ? (member.getMergedTraits().jsonName ?? name) : name;
    const found = Object.hasOwn(members, key) ? members[key] : undefined;
    if (found !== undefined && found !== null) checkTypes(member, found, useJsonName);
  }
}

function checkList(schema: NormalizedSchema, value: unknown, useJsonName: boolean): void {
  if (!Array.isArray(value)) throw serialization('Expected list or null');
  const element = schema.getValueSchema();
  const sparse = Boolean(schema.getMergedTraits().sparse);
  for (const item of value) {
    if (item === null && !sparse) throw serialization('Lists do not take null elements');
    if (item !== null) checkTypes(element, item, useJsonName);
  }
}

function checkMap(schema: NormalizedSchema, value: unknown, useJsonName: boolean): void {
  const element = schema.getValueSchema();
  const sparse = Boolean(schema.getMergedTraits().sparse);
  for (const item of Object.values(objectOf(value))) {
    if (item === null && !sparse) throw serialization('Maps do not take null values');
    if (item !== null) checkTypes(element, item, useJsonName);
  }
}

function checkScalar(schema: NormalizedSchema, value: unknown): void {
  const given = typeof value;
  if (given === 'object') throw serialization('Start of structure, map or list found where not expected.');
  const expected = expectedType(schema);
  const fits = schema.isTimestampSchema() ? given === 'number' || given === 'string' : given === expected;
  if (!fits) throw serialization(`${given.toUpperCase()}_VALUE can not be converted to ${expected}`);
}

function expectedType(schema: NormalizedSchema): string {
  if (schema.isBooleanSchema()) return 'boolean';
  if (schema.isNumericSchema() || schema.isBigIntegerSchema() || schema.isBigDecimalSchema()) return 'number';
  if (schema.isTimestampSchema()) return 'timestamp';
  return 'string';
}

/** Throws `code` naming every required member that is missing, in AWS's words. */
export function checkRequired(schema: NormalizedSchema, value: Record<string, unknown>, code: string): void {
  const missing: string[] = [];
  collectMissing(schema, value, '', missing);
  if (missing.length === 0) return;
  const errors = missing.map(path => `Value null at '${path}' failed to satisfy constraint: Member must not be null`);
  const count = `${errors.length} validation error${errors.length > 1 ? 's' : ''} detected`;
  throw new ServiceError(code, `${count}: ${errors.join('; ')}`);
}

function collectMissing(schema: NormalizedSchema, value: unknown, path: string, missing: string[]): void {
  if (value === undefined || value === null) return;
  if (schema.isStructSchema()) {
    const required = requiredCount(schema);
    let position = 0;
    for (const [name, member] of schema.structIterator()) {
      const found = (value as Record<string, unknown>)[name];
      const here = path === '' ? lowerFirst(name) : `${path}.${lowerFirst(name)}`;
      if ((found === undefined || found === null) && position < required) missing.push(here);
      else collectMissing(member, found, here, missing);
      position += 1;
    }
  } else if (schema.isListSchema() && Array.isArray(value)) {
    const element = schema.getValueSchema();
    value.forEach((item, index) => {
      collectMissing(element, item, `${path}.${index + 1}.member`, missing);
    });
  } else if (schema.isMapSchema()) {
    const element = schema.getValueSchema();
    for (const [key, item] of Object.entries(value)) collectMissing(element, item, `${path}.${key}.member`, missing);
  }
}

/** The schema's seventh element; the required members come first. */
function requiredCount(schema: NormalizedSchema): number {
  const tuple: unknown = schema.getSchema();
  const count: unknown = Array.isArray(tuple) ? tuple[6] : undefined;
  return typeof count === 'number' ? count : 0;
}

const lowerFirst = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

function objectOf(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw serialization('Unexpected value where a structure or map was expected');
  }
  return value as Record<string, unknown>;
}

/** The answer to a body that cannot be read. */
export function serialization(message: string): ServiceError {
  return new ServiceError('SerializationException', message);
}
