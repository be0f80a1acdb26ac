import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
  PutRolePolicyCommand,
  TagRoleCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import {dynamoDbAccess, noLateLogGroups, trustPolicy} from '../../assets/policies.ts';
import {orAbsent} from '../../aws/errors.ts';
import {Problem} from '../../aws/problem.ts';
import {fromTagList, stackTags, toTagList} from '../../aws/tags.ts';
import {basicExecutionArn, tableArn} from '../arns.ts';
import {type Context, perRun} from '../context.ts';
import {firstDifference, wantedFound} from '../first-difference.ts';
import {inspectTagged, type ResourceNode} from '../resource-node.ts';

const readRole = perRun(async ({clients: {iam}, names: {role: RoleName}}) => {
  const document = async (PolicyName: string) =>
    parseDocument((await orAbsent(iam.send(new GetRolePolicyCommand({RoleName, PolicyName}))))?.PolicyDocument);
  const [role, attached, access, noLogGroups] = await Promise.all([
    orAbsent(iam.send(new GetRoleCommand({RoleName}))),
    orAbsent(iam.send(new ListAttachedRolePoliciesCommand({RoleName}))),
    document('DynamoDBAccess'),
    document('NoLateLogGroups'),
  ]);
  if (!role?.Role) return undefined;
  return {
    tags: fromTagList(role.Role.Tags),
    createdAt: role.Role.CreateDate,
    trust: parseDocument(role.Role.AssumeRolePolicyDocument),
    attached: (attached?.AttachedPolicies ?? []).map(policy => policy.PolicyArn),
    documents: {DynamoDBAccess: access, NoLateLogGroups: noLogGroups},
  };
});

type Role = NonNullable<Awaited<ReturnType<typeof readRole>>>;

/** The role of both functions: Lambda may assume it, write logs with it, and write and read the table. */
export const role: ResourceNode = {
  id: 'role',
  title: 'IAM role',
  name: names => names.role,
  needs: [],
  removeAfter: [],
  read: readRole,
  async inspect(context) {
    const live = await readRole(context);
    return live
      ? inspectTagged(context, 'role', live.tags, () => repairs(context, live).map(({what}) => what))
      : {state: 'absent'};
  },
  adopt({clients, names}) {
    const Tags = toTagList(stackTags(names.stack, 'role'));
    return clients.iam.send(new TagRoleCommand({RoleName: names.role, Tags}));
  },
  async ensure(context) {
    const live = await readRole(context);
    if (!live) await createRole(context);
    const todo = repairs(context, live ?? {trust: trustPolicy(), attached: [], documents: {}});
    await Promise.all(todo.map(({run}) => run()));
    if (!live) return 'created';
    return todo.length === 0 ? 'unchanged' : 'updated';
  },
  async remove(context) {
    const live = await readRole(context);
    if (!live) return 'absent';
    await removeRole(context);
    return 'deleted';
  },
};

async function createRole(context: Context): Promise<void> {
  const {clients, names} = context;
  await clients.iam.send(
    new CreateRoleCommand({
      RoleName: names.role,
      AssumeRolePolicyDocument: JSON.stringify(trustPolicy()),
      Description: 'Role of the functions of the Lambda lifecycle demo',
      Tags: toTagList(stackTags(names.stack, 'role')),
    }),
  );
  context.made.role = true;
}

/** When the role was made; `undefined` when there is none. */
export async function roleCreatedAt(context: Context): Promise<Date | undefined> {
  return (await readRole(context))?.createdAt;
}

const refusalsToLook = 4;

/**
 * IAM itself sees a role as soon as it is made: one that Lambda goes on not to see may have been removed by another run.
 * Looks at every fourth refusal of a function; throws a Problem when it is gone.
 */
export async function expectRole(context: Context, id: keyof Context['roleRefusals']): Promise<void> {
  const {clients, names, roleRefusals} = context;
  if (++roleRefusals[id] % refusalsToLook !== 0) return;
  if (await orAbsent(clients.iam.send(new GetRoleCommand({RoleName: names.role})))) return;
  throw new Problem('failed', `The role ${names.role} is gone`, {
    details: 'Somebody removes this stack while it is being deployed',
    solution: 'Deploy again when that has ended.',
    next: 'npx lifecycle-tui deploy',
  });
}

/** The calls that make the role's policies what they should be, each with what it repairs. */
function repairs(context: Context, live: Pick<Role, 'trust' | 'attached'> & {documents: Record<string, unknown>}) {
  const {iam} = context.clients;
  const RoleName = context.names.role;
  const list: {what: string; run(): Promise<unknown>}[] = [];
  const trust = firstDifference(plain(trustPolicy()), live.trust);
  if (trust !== undefined) {
    const PolicyDocument = JSON.stringify(trustPolicy());
    const run = () => iam.send(new UpdateAssumeRolePolicyCommand({RoleName, PolicyDocument}));
    list.push({what: `trust policy ${trust}`, run});
  }
  const PolicyArn = basicExecutionArn(context);
  if (!live.attached.includes(PolicyArn)) {
    const run = () => iam.send(new AttachRolePolicyCommand({RoleName, PolicyArn}));
    list.push({
      what: `attached policies: ${wantedFound('AWSLambdaBasicExecutionRole', live.attached.join(', '))}`,
      run,
    });
  }
  const wanted = {DynamoDBAccess: dynamoDbAccess(tableArn(context)), NoLateLogGroups: noLateLogGroups()};
  for (const [PolicyName, document] of Object.entries(wanted)) {
    const difference = firstDifference(plain(document), live.documents[PolicyName]);
    if (difference === undefined) continue;
    const PolicyDocument = JSON.stringify(document);
    const run = () => iam.send(new PutRolePolicyCommand({RoleName, PolicyName, PolicyDocument}));
    list.push({what: `inline policy ${PolicyName} ${difference}`, run});
  }
  return list;
}

/** IAM refuses to delete a role that still has policies, whoever added them. */
async function removeRole({clients: {iam}, names: {role: RoleName}}: Context): Promise<void> {
  const [attached, inline] = await Promise.all([
    orAbsent(iam.send(new ListAttachedRolePoliciesCommand({RoleName}))),
    orAbsent(iam.send(new ListRolePoliciesCommand({RoleName}))),
  ]);
  const detach = (attached?.AttachedPolicies ?? []).map(({PolicyArn}) =>
    orAbsent(iam.send(new DetachRolePolicyCommand({RoleName, PolicyArn}))),
  );
  const remove = (inline?.PolicyNames ?? []).map(PolicyName =>
    orAbsent(iam.send(new DeleteRolePolicyCommand({RoleName, PolicyName}))),
  );
  await Promise.all([...detach, ...remove]);
  await orAbsent(iam.send(new DeleteRoleCommand({RoleName})));
}

/** IAM answers policy documents percent-encoded. */
function parseDocument(document: string | undefined): unknown {
  if (document === undefined) return undefined;
  try {
    return JSON.parse(decodeURIComponent(document));
  } catch {
    return document;
  }
}

function plain(document: object): unknown {
  return JSON.parse(JSON.stringify(document));
}
