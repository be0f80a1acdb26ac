import {AddPermissionCommand, GetPolicyCommand, RemovePermissionCommand} from '@aws-sdk/client-lambda';
import {orAbsent} from '../../aws/errors.ts';
import {executeApiArn} from '../arns.ts';
import {type Context, perRun} from '../context.ts';
import {firstDifference, wantedFound} from '../first-difference.ts';
import {present, type ResourceNode} from '../resource-node.ts';
import {readApi} from './api-reading.ts';

type Grant = {functionName: string; statementId: string; sourceArn: string};
type Statement = {Sid?: string; Effect?: string; Action?: unknown; Principal?: unknown; Condition?: unknown};

const readStatements = {target: statementsReader('target'), authorizer: statementsReader('authorizer')};

/** The resource policies of both functions: this API may invoke the one for its routes, the other as its authorizer. */
export const permissions: ResourceNode = {
  id: 'permissions',
  title: 'Permissions',
  name: names => `${names.api} may invoke both functions`,
  needs: ['target', 'authorizer', 'api'],
  removeAfter: [],
  read: run => Promise.all([readApi(run), readStatements.target(run), readStatements.authorizer(run)]),
  async inspect(context) {
    const api = await ids(context);
    const statements = await Promise.all([readStatements.target(context), readStatements.authorizer(context)]);
    const wanted = api ? grants(context, api) : [];
    const isThere = ({statementId}: Grant, at: number) => statements[at]!.some(({Sid}) => Sid === statementId);
    if (!wanted.some(isThere)) return {state: 'absent'};
    return present(wanted.flatMap((grant, at) => difference(grant, statements[at]!)));
  },
  async ensure(context) {
    const [target, authorizer] = grants(context, (await ids(context))!);
    // The functions may have been made anew since they were looked at.
    context.reads.delete(readStatements.target);
    context.reads.delete(readStatements.authorizer);
    const changes = await Promise.all([
      readStatements.target(context).then(live => ensureGrant(context, target, live)),
      readStatements.authorizer(context).then(live => ensureGrant(context, authorizer, live)),
    ]);
    if (changes.every(change => change === 'unchanged')) return 'unchanged';
    return changes.every(change => change === 'created') ? 'created' : 'updated';
  },
  /** They go with their functions. */
  remove: async () => 'absent',
};

/** The API's ids: as just made, else as found. */
async function ids(context: Context): Promise<{id: string; authorizerId: string} | undefined> {
  if (context.made.api) return context.made.api;
  const live = await readApi(context);
  return live && {id: live.id, authorizerId: live.parts.authorizer?.id ?? ''};
}

/** The statement ids carry the API's id: a statement for an API that is gone can be told from ours. */
function grants(context: Context, api: {id: string; authorizerId: string}): [Grant, Grant] {
  const {names} = context;
  const statementId = `apigw-${api.id}`;
  // Stage, method and path: one statement for all routes, which are all ours, and none for its authorizers.
  const route = executeApiArn(context, api.id, '*/*/*');
  const authorizer = executeApiArn(context, api.id, `authorizers/${api.authorizerId}`);
  return [
    {functionName: names.target, statementId, sourceArn: route},
    {functionName: names.authorizer, statementId, sourceArn: authorizer},
  ];
}

/** How the statement for a grant differs from it. */
function difference(grant: Grant, live: readonly Statement[]): string[] {
  const found = live.find(({Sid}) => Sid === grant.statementId);
  const what = `permission of ${grant.functionName}`;
  if (!found) return [`${what}: ${wantedFound('one', undefined)}`];
  if (allows(found, grant)) return [];
  const [wantedArn, foundArn] = [grant.sourceArn, sourceArn(found)].map(route);
  if (wantedArn !== foundArn) return [`${what}: SourceArn ${wantedFound(wantedArn, foundArn)}`];
  const {Effect, Action} = found;
  const shown = {Effect, Action, Principal: principal(found)};
  const rest = {Effect: 'Allow', Action: 'lambda:InvokeFunction', Principal: 'apigateway.amazonaws.com'};
  return [`${what}: ${firstDifference(rest, shown) ?? wantedFound(grant.sourceArn, foundArn)}`];
}

/** What an ARN says behind service, region and account: they would fill the line. */
function route(arn: unknown): string {
  return String(arn ?? '')
    .split(':')
    .slice(5)
    .join(':');
}

/** One call after the other: Lambda refuses two changes of one policy at once. */
async function ensureGrant(context: Context, grant: Grant, live: readonly Statement[]) {
  const {lambda} = context.clients;
  const FunctionName = grant.functionName;
  const isThere = live.some(each => allows(each, grant));
  const stale = live.filter(each => each.Sid?.startsWith('apigw-') && !allows(each, grant));
  for (const {Sid: StatementId} of stale) {
    await orAbsent(lambda.send(new RemovePermissionCommand({FunctionName, StatementId})));
  }
  if (!isThere) {
    await lambda.send(
      new AddPermissionCommand({
        FunctionName,
        StatementId: grant.statementId,
        Action: 'lambda:InvokeFunction',
        Principal: 'apigateway.amazonaws.com',
        SourceArn: grant.sourceArn,
      }),
    );
  }
  if (isThere) return stale.length === 0 ? 'unchanged' : 'updated';
  return live.length === 0 ? 'created' : 'updated';
}

function allows(statement: Statement, grant: Grant): boolean {
  return (
    statement.Sid === grant.statementId &&
    statement.Effect === 'Allow' &&
    statement.Action === 'lambda:InvokeFunction' &&
    principal(statement) === 'apigateway.amazonaws.com' &&
    sourceArn(statement) === grant.sourceArn
  );
}

function principal({Principal}: Statement): unknown {
  return (Principal as {Service?: unknown} | undefined)?.Service;
}

function sourceArn({Condition}: Statement): unknown {
  const {ArnLike} = (Condition ?? {}) as {ArnLike?: Record<string, unknown>};
  return ArnLike?.['AWS:SourceArn'] ?? ArnLike?.['aws:SourceArn'];
}

function statementsReader(id: 'target' | 'authorizer') {
  return perRun(async ({clients, names}): Promise<Statement[]> => {
    const answer = await orAbsent(clients.lambda.send(new GetPolicyCommand({FunctionName: names[id]})));
    return (JSON.parse(answer?.Policy ?? '{}') as {Statement?: Statement[]}).Statement ?? [];
  });
}
