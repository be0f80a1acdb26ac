import {noSuchEntity} from './errors.ts';

/** The managed policies that can be attached here: those a Lambda function of this package may want. */
const known = [
  'service-role/AWSLambdaBasicExecutionRole',
  'service-role/AWSLambdaDynamoDBExecutionRole',
  'AWSXRayDaemonWriteAccess',
];

/** Throws NoSuchEntity for a policy that is not known here. */
export function checkManagedPolicy(arn: string): void {
  const path = /^arn:aws[a-z-]*:iam::aws:policy\/(.+)$/.exec(arn)?.[1];
  if (path === undefined || !known.includes(path)) {
    throw noSuchEntity(`Policy ${arn} does not exist or is not attachable.`);
  }
}

export const managedPolicyName = (arn: string): string => arn.split('/').at(-1) ?? arn;
