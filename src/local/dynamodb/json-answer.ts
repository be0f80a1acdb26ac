import {crc32} from 'node:zlib';
import type {RawResponse} from '../wire/service.ts';

/** An answer in DynamoDB's JSON protocol, with the checksum that botocore verifies. */
export function jsonAnswer(status: number, value: unknown): RawResponse {
  const body = JSON.stringify(value);
  return {
    status,
    headers: {'content-type': 'application/x-amz-json-1.0', 'x-amz-crc32': String(crc32(body))},
    body,
  };
}

const namespaces = {
  ValidationException: 'com.amazon.coral.validate',
  AccessDeniedException: 'com.amazon.coral.service',
  SerializationException: 'com.amazon.coral.service',
  UnknownOperationException: 'com.amazon.coral.service',
} as const;

/** An error as DynamoDB words it on the wire: `{__type: 'namespace#Name', message}`. */
export function errorAnswer(name: string, message: string, status = 400): RawResponse {
  const namespace = namespaces[name as keyof typeof namespaces] ?? 'com.amazonaws.dynamodb.v20120810';
  return jsonAnswer(status, {__type: `${namespace}#${name}`, message});
}

/** The error's bare name, `ResourceNotFoundException`; nothing for an answer that is no error. */
export function errorName(answer: RawResponse): string | undefined {
  if (answer.status < 400) return undefined;
  const {__type} = parseAnswer(answer) as {__type?: string};
  return __type?.slice(__type.indexOf('#') + 1);
}

/** The body of an answer; an empty object when it holds no JSON object. */
export function parseAnswer(answer: RawResponse): Record<string, unknown> {
  try {
    const text = typeof answer.body === 'string' ? answer.body : Buffer.from(answer.body).toString();
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
