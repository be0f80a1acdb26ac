import type {StackNames} from '../aws/names.ts';
import type {Target} from '../aws/target.ts';
import {entryPath} from './resources/api-definition.ts';

/** The address of GET /hello: on AWS the API's own host, on an endpoint the path form that emulators share. */
export function apiUrl(target: Target, apiId: string, {region, stage}: Pick<StackNames, 'region' | 'stage'>): string {
  if (target.endpoint !== undefined) {
    return `${target.endpoint.replace(/\/+$/, '')}/_aws/execute-api/${apiId}/${stage}${entryPath}`;
  }
  const domain = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  return `https://${apiId}.execute-api.${region}.${domain}/${stage}${entryPath}`;
}
