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
import type {SchemaService} from '../wire/service.ts';
import {deniesLogGroups, trustsLambda} from './role.ts';
import {policyHandlers} from './role-policies.ts';
import {createRoleTable, roleHandlers} from './roles.ts';

/** What other services may ask about roles. */
export type Roles = {
  /** True when the role exists and its trust policy names Lambda. */
  assumableByLambda(roleArn: string): boolean;
  /** False when the role is gone or one of its inline policies denies `logs:CreateLogGroup`. */
  mayCreateLogGroup(roleArn: string): boolean;
};

/**
 * IAM, as far as execution roles go. Policies are kept and shown, not evaluated, but for the one denial that decides
 * whether a late flush brings a deleted log group back.
 * `rolePropagationMs`: how long a new role stays unknown to Lambda, as on AWS where every caller sees it at once but Lambda does not.
 */
export function createIam({rolePropagationMs = 0}: {rolePropagationMs?: number} = {}): {
  service: SchemaService;
  roles: Roles;
} {
  const table = createRoleTable();
  const role = roleHandlers(table);
  const policy = policyHandlers(table);
  const service: SchemaService = {
    kind: 'schema',
    scope: 'iam',
    protocol: 'awsQuery',
    operations: [
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
    ],
  };
  const assumableByLambda = (roleArn: string): boolean => {
    const found = table.find(roleArn);
    return found !== undefined && Date.now() >= found.madeAt + rolePropagationMs && trustsLambda(found);
  };
  const mayCreateLogGroup = (roleArn: string): boolean => {
    const found = table.find(roleArn);
    return found !== undefined && !deniesLogGroups(found);
  };
  return {service, roles: {assumableByLambda, mayCreateLogGroup}};
}
