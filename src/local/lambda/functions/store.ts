import {randomUUID} from 'node:crypto';
import type {ConcurrencyLimit} from '../pool/concurrency.ts';
import {conflict, notFound} from './errors.ts';
import type {FunctionVersion, LambdaFunction} from './model.ts';
import type {FunctionReference} from './names.ts';

/** All functions, of every account and Region, by ARN. */
export class FunctionStore {
  readonly #functions = new Map<string, LambdaFunction>();
  readonly #accountConcurrency: number;

  constructor(accountConcurrency: number) {
    this.#accountConcurrency = accountConcurrency;
  }

  has(arn: string): boolean {
    return this.#functions.has(arn);
  }

  add(created: LambdaFunction): void {
    this.#functions.set(created.arn, created);
  }

  delete(arn: string): void {
    this.#functions.delete(arn);
  }

  /** Throws ResourceNotFoundException. */
  get(reference: {arn: string}): LambdaFunction {
    const found = this.#functions.get(reference.arn);
    if (!found) throw notFound(`Function not found: ${reference.arn}`);
    return found;
  }

  /** The functions of one account and Region, by name. */
  list(scope: {account: string; region: string}): LambdaFunction[] {
    return [...this.#functions.values()]
      .filter(({account, region}) => account === scope.account && region === scope.region)
      .sort((one, other) => (one.name < other.name ? -1 : 1));
  }

  concurrencyOf(lambdaFunction: LambdaFunction): ConcurrencyLimit {
    const {reservedConcurrency: reserved, account, region} = lambdaFunction;
    if (reserved !== undefined) return {kind: 'reserved', limit: reserved};
    return {kind: 'unreserved', limit: this.unreserved(lambdaFunction), scope: `${account}:${region}`};
  }

  /** What the account's functions without a reservation share. */
  unreserved(scope: {account: string; region: string}, except?: LambdaFunction): number {
    const others = this.list(scope).filter(one => one !== except);
    return others.reduce((left, {reservedConcurrency = 0}) => left - reservedConcurrency, this.#accountConcurrency);
  }
}

/** The version a qualifier names, as configured. Throws ResourceNotFoundException. */
export function versionOf(lambdaFunction: LambdaFunction, qualifier: string | undefined): FunctionVersion {
  if (qualifier === undefined || qualifier === '$LATEST') return lambdaFunction.latest;
  const version = lambdaFunction.published.find(one => one.version === qualifier);
  if (!version) throw notFound(`Function not found: ${lambdaFunction.arn}:${qualifier}`);
  return version;
}

/** A version's ARN: qualified when the caller named a qualifier or the version is a published one. */
export function versionArn(
  lambdaFunction: LambdaFunction,
  version: FunctionVersion,
  {qualifier}: Pick<FunctionReference, 'qualifier'> = {},
): string {
  const suffix = qualifier ?? (version.version === '$LATEST' ? undefined : version.version);
  return suffix === undefined ? lambdaFunction.arn : `${lambdaFunction.arn}:${suffix}`;
}

/** Throws ResourceConflictException while the function is being created or updated. */
export function checkSettled({arn, state, updating}: LambdaFunction): void {
  if (state === 'Pending') {
    throw conflict(
      'The operation cannot be performed at this time. The function is currently in the following state: Pending',
    );
  }
  if (updating) {
    throw conflict(`The operation cannot be performed at this time. An update is in progress for resource: ${arn}`);
  }
}

/** A changed configuration: always a new object with a new revision. */
export const changed = (version: FunctionVersion, change: Partial<FunctionVersion>): FunctionVersion => ({
  ...version,
  ...change,
  lastModified: new Date(),
  revisionId: randomUUID(),
});
