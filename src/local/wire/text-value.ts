import type {NormalizedSchema} from '@smithy/core/schema';
import {serialization} from './validate.ts';

/** Reads a scalar that arrived as text (path label, query member, form field). Throws SerializationException. */
export function textValue(schema: NormalizedSchema, text: string): unknown {
  if (schema.isBooleanSchema()) return booleanOf(text);
  if (schema.isNumericSchema()) return numberOf(text);
  if (schema.isTimestampSchema()) return dateOf(text);
  if (schema.isBlobSchema()) return new Uint8Array(Buffer.from(text, 'base64'));
  return text;
}

function booleanOf(text: string): boolean {
  if (/^true$/i.test(text)) return true;
  if (/^false$/i.test(text)) return false;
  throw serialization(`'${text}' is not a boolean`);
}

function numberOf(text: string): number {
  const number = Number(text);
  if (text.trim() === '' || !Number.isFinite(number)) throw serialization(`'${text}' is not a number`);
  return number;
}

function dateOf(text: string): Date {
  const seconds = Number(text);
  const date = Number.isFinite(seconds) && text !== '' ? new Date(seconds * 1000) : new Date(text);
  if (Number.isNaN(date.getTime())) throw serialization(`'${text}' is not a timestamp`);
  return date;
}
