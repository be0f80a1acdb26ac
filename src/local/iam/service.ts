import {
  AttachRolePolicy$,
  CreateRole$,
  DeleteRole$,
  DeleteRolePolicy$,
  DetachRolePolicy$,
  GetRole$,
  GetRolePolicy$,
  ListAccountAliases$,
  ListAttachedRolePolicies$,
  ListInstanceProfilesForRole$,
  ListRolePolicies$,
  ListRoles$,
  ListRoleTags$,
  PutRolePolicy$,
  TagRole$,
  UntagRole$,
  UpdateAssumeRolePolicy$,
  UpdateRole$,
} from '@aws-sdk/client-iam';
import {Apart, operationsApart} from '../wire/apart.ts';
import type {SchemaService} from '../wire/service.ts';
import {deniesLogGroups, type Role, trustsLambda} from './role.ts';
import {policyHandlers} from './role-policies.ts';
import {createRoleTable, type RoleTable, roleHandlers} from './roles.ts';

/** What other services may ask about roles. */
export type Roles = {
  /** True when the role exists and its trust policy names Lambda. */
  assumableByLambda(roleArn: string): boolean;
  /** False when the role is gone or one of its inline policies denies `logs:CreateLogGroup`. */
  mayCreateLogGroup(roleArn: string): boolean;
};

/**
 * IAM, as far as execution roles go; one for all regions of an account. Policies are kept and shown, not evaluated, but for
 * the one denial that decides whether a late flush brings a deleted log group back.
 * `rolePropagationMs`: how long a new role stays unknown to Lambda, as on AWS where every caller sees it at once but Lambda does
 * not; `roleRememberedMs` the same for a name that was a role's before.
 */
export function createIam({rolePropagationMs = 0, roleRememberedMs = rolePropagationMs}: Propagation = {}): {
  service: SchemaService;
  roles: Roles;
} {
  const tables = new Apart(() => createRoleTable());
  const service: SchemaService = {
    kind: 'schema',
    scope: 'iam',
    protocol: 'awsQuery',
    operations: operationsApart(tables, ({account}) => account, operationsOn),
  };
  const find = (arn: string): Role | undefined => tables.of(arn.split(':')[4] ?? '').find(arn);
  const assumableByLambda = (roleArn: string): boolean => {
    const found = find(roleArn);
    if (!found || !trustsLambda(found)) return false;
    return Date.now() >= found.madeAt + (found.remembered ? roleRememberedMs : rolePropagationMs);
  };
  const mayCreateLogGroup = (roleArn: string): boolean => {
    const found = find(roleArn);
    return found !== undefined && !deniesLogGroups(found);
  };
  return {service, roles: {assumableByLambda, mayCreateLogGroup}};
}

type Propagation = {rolePropagationMs?: number; roleRememberedMs?: number};

function operationsOn(table: RoleTable): SchemaService['operations'] {
  const role = roleHandlers(table);
  const policy = policyHandlers(table);
  return [
    [CreateRole$, role.create],
    [GetRole$, role.get],
    [ListRoles$, role.list],
    [UpdateRole$, role.update],
    [UpdateAssumeRolePolicy$, role.updateTrust],
    [DeleteRole$, role.remove],
    [TagRole$, role.tag],
    [UntagRole$, role.untag],
    [ListRoleTags$, role.listTags],
    [AttachRolePolicy$, policy.attach],
    [DetachRolePolicy$, policy.detach],
    [ListAttachedRolePolicies$, policy.listAttached],
    [PutRolePolicy$, policy.put],
    [GetRolePolicy$, policy.get],
    [DeleteRolePolicy$, policy.remove],
    [ListRolePolicies$, policy.list],
    [ListAccountAliases$, () => ({AccountAliases: [], IsTruncated: false})],
    // Tools ask before they delete a role; there are no instances here.
    [ListInstanceProfilesForRole$, () => ({InstanceProfiles: [], IsTruncated: false})],
  ];
}
