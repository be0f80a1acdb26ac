import type {StackNames} from '../aws/names.ts';

export function tokenLine(token: string): string {
  return `TOKEN=${token}`;
}

/** The command that reads the token back, for the aws CLI. */
export function tokenQuery({authorizer}: Pick<StackNames, 'authorizer'>): string {
  const query = '--query Environment.Variables.LIFECYCLE_AUTH_TOKEN --output text';
  return `aws lambda get-function-configuration --function-name ${authorizer} ${query}`;
}
