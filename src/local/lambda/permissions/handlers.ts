import {randomUUID} from 'node:crypto';
import {setTimeout as wait} from 'node:timers/promises';
import type {
  AddPermissionCommandInput,
  GetPolicyCommandInput,
  RemovePermissionCommandInput,
} from '@aws-sdk/client-lambda';
import {type RequestContext, ServiceError} from '../../wire/service.ts';
import {conflict, notFound, staleRevision} from '../functions/errors.ts';
import {readReference} from '../functions/names.ts';
import {type FunctionStore, versionOf} from '../functions/store.ts';
import {Violations} from '../functions/violations.ts';
import {emptyPolicy, type Policy, policyDocument, type Statement} from './policy.ts';

const policyLimit = 20_480;

type Request = {FunctionName: string | undefined; Qualifier?: string | undefined; RevisionId?: string | undefined};

/**
 * AddPermission, RemovePermission and GetPolicy. A change takes `writeMs`; another one of the same function meanwhile is
 * refused, as on AWS.
 */
export function createPermissionHandlers(store: FunctionStore, writeMs: number) {
  const writing = new Set<string>();
  const written = async (arn: string): Promise<void> => {
    if (writeMs === 0) return;
    if (writing.has(arn)) {
      throw conflict('The function could not be updated due to a concurrent update operation.');
    }
    writing.add(arn);
    await wait(writeMs);
    writing.delete(arn);
  };
  const find = (input: Request, context: RequestContext) => {
    const reference = readReference(input.FunctionName, context, input.Qualifier);
    const found = store.get(reference);
    versionOf(found, reference.qualifier);
    const key = reference.qualifier ?? '';
    const resource = reference.qualifier === undefined ? found.arn : `${found.arn}:${reference.qualifier}`;
    return {arn: found.arn, policies: found.policies, key, resource, policy: found.policies.get(key)};
  };
  return {
    async addPermission(input: AddPermissionCommandInput, context: RequestContext) {
      checkStatement(input);
      await written(find(input, context).arn);
      const {policies, key, resource, policy = emptyPolicy()} = find(input, context);
      checkRevision(policy, input);
      if (policy.statements.some(({Sid}) => Sid === input.StatementId)) {
        throw conflict(
          `The statement id (${input.StatementId}) provided already exists. Please provide a new statement id, or remove the existing statement.`,
        );
      }
      const statement = makeStatement(input, resource);
      const next = {statements: [...policy.statements, statement], revisionId: randomUUID()};
      const size = Buffer.byteLength(policyDocument(next));
      if (size > policyLimit) {
        const text = `The final policy size (${size}) is bigger than the limit (${policyLimit}).`;
        throw new ServiceError('PolicyLengthExceededException', text, 400, {Type: 'User'});
      }
      policies.set(key, next);
      return {Statement: JSON.stringify(statement)};
    },
    async removePermission(input: RemovePermissionCommandInput, context: RequestContext) {
      await written(find(input, context).arn);
      const {policies, key, policy} = find(input, context);
      const left = policy?.statements.filter(({Sid}) => Sid !== input.StatementId) ?? [];
      if (!policy || left.length === policy.statements.length) {
        throw notFound(`Statement ${input.StatementId} is not found in resource policy.`);
      }
      checkRevision(policy, input);
      if (left.length === 0) policies.delete(key);
      else policies.set(key, {statements: left, revisionId: randomUUID()});
      return {};
    },
    getPolicy(input: GetPolicyCommandInput, context: RequestContext) {
      const {policy} = find(input, context);
      if (!policy) throw notFound('The resource you requested does not exist.');
      return {Policy: policyDocument(policy), RevisionId: policy.revisionId};
    },
  };
}

function checkStatement(input: AddPermissionCommandInput): void {
  new Violations()
    .pattern(input.StatementId, 'statementId', /[a-zA-Z0-9-_]{1,100}/)
    .pattern(input.Action, 'action', /lambda:[*]|lambda:[a-zA-Z]+|[*]/)
    .pattern(input.Principal, 'principal', /[^\s]+/)
    .pattern(input.SourceArn, 'sourceArn', /arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9-])+:([a-z0-9-]+)?:(\d{12})?:(.*)/)
    .pattern(input.SourceAccount, 'sourceAccount', /\d{12}/)
    .raise();
}

function checkRevision(policy: Policy, input: Request): void {
  if (input.RevisionId !== undefined && input.RevisionId !== policy.revisionId) throw staleRevision();
}

function makeStatement(input: AddPermissionCommandInput, resource: string): Statement {
  const equals = {
    ...(input.SourceAccount && {'AWS:SourceAccount': input.SourceAccount}),
    ...(input.PrincipalOrgID && {'aws:PrincipalOrgID': input.PrincipalOrgID}),
    ...(input.EventSourceToken && {'lambda:EventSourceToken': input.EventSourceToken}),
    ...(input.FunctionUrlAuthType && {'lambda:FunctionUrlAuthType': input.FunctionUrlAuthType}),
  };
  const condition = {
    ...(Object.keys(equals).length > 0 && {StringEquals: equals}),
    ...(input.SourceArn && {ArnLike: {'AWS:SourceArn': input.SourceArn}}),
  };
  return {
    Sid: input.StatementId ?? '',
    Effect: 'Allow',
    Principal: principal(input.Principal ?? ''),
    Action: input.Action ?? '',
    Resource: resource,
    ...(Object.keys(condition).length > 0 && {Condition: condition}),
  };
}

function principal(text: string): Statement['Principal'] {
  if (text === '*') return '*';
  if (/^\d{12}$/.test(text)) return {AWS: `arn:aws:iam::${text}:root`};
  return text.startsWith('arn:') ? {AWS: text} : {Service: text};
}
