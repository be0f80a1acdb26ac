import {ServiceError} from './service.ts';

/** What the credential scope of a signature says; the signature itself is not checked. */
export type Scope = {service: string; region: string; account: string};

export const defaultAccount = '000000000000';
export const defaultRegion = 'us-east-1';

/**
 * Finds the SigV4 credential in the Authorization header, or for GET in the query string.
 * Throws as AWS does without a signature (403) or with one that cannot be read (400).
 */
export function scopeOf(method: string, headers: Record<string, string>, query: string): Scope {
  const {authorization} = headers;
  if (authorization !== undefined) {
    const credential = /^AWS4-HMAC-SHA256\b.*?\bCredential=([^,\s]+)/.exec(authorization)?.[1];
    return scopeFrom(credential, 'Authorization header');
  }
  const credential = new URLSearchParams(query).get('X-Amz-Credential');
  if (credential === null) {
    throw new ServiceError('MissingAuthenticationTokenException', 'Missing Authentication Token', 403);
  }
  if (method !== 'GET') {
    throw new ServiceError('AccessDeniedException', 'Credentials in the query string are taken for GET only', 403);
  }
  return scopeFrom(credential, 'query string');
}

function scopeFrom(credential: string | undefined, place: string): Scope {
  const [key = '', date, region, service, end] = (credential ?? '').split('/').slice(-5);
  const readable = date && region && service && end === 'aws4_request' && /^[a-z0-9-]{1,32}$/.test(region);
  if (!readable) {
    const text = `The ${place} requires 'Credential' as KEY/DATE/REGION/SERVICE/aws4_request.`;
    throw new ServiceError('IncompleteSignatureException', text);
  }
  return {service, region, account: /^\d{12}$/.test(key) ? key : defaultAccount};
}
