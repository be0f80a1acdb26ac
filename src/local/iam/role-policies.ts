import type * as iam from '@aws-sdk/client-iam';
import type {Handler} from '../wire/service.ts';
import {limitExceeded, noSuchEntity} from './errors.ts';
import {checkManagedPolicy, managedPolicyName} from './managed-policies.ts';
import {page} from './page.ts';
import type {RoleTable} from './roles.ts';
import {checkName, checkPolicy} from './rules.ts';

/** IAM's quotas per role: managed policies, and characters of all inline ones without white space. */
const maxAttached = 10;
const maxInline = 10_240;

type PolicyHandlers = Record<'attach' | 'detach' | 'listAttached' | 'put' | 'get' | 'remove' | 'list', Handler>;

/** What a role may do: managed policies attached to it, inline policies inside it. */
export function policyHandlers(roles: RoleTable): PolicyHandlers {
  return {
    attach({RoleName, PolicyArn = ''}: iam.AttachRolePolicyCommandInput) {
      const {attached} = roles.get(RoleName ?? '');
      checkManagedPolicy(PolicyArn);
      if (attached.size >= maxAttached && !attached.has(PolicyArn)) {
        throw limitExceeded(`Cannot exceed quota for PoliciesPerRole: ${maxAttached}`);
      }
      attached.add(PolicyArn);
    },
    detach({RoleName, PolicyArn = ''}: iam.DetachRolePolicyCommandInput) {
      if (!roles.get(RoleName ?? '').attached.delete(PolicyArn)) {
        throw noSuchEntity(`Policy ${PolicyArn} was not found.`);
      }
    },
    listAttached(input: iam.ListAttachedRolePoliciesCommandInput) {
      const {items, ...rest} = page([...roles.get(input.RoleName ?? '').attached], input);
      return {AttachedPolicies: items.map(arn => ({PolicyName: managedPolicyName(arn), PolicyArn: arn})), ...rest};
    },
    put({RoleName = '', PolicyName = '', PolicyDocument = ''}: iam.PutRolePolicyCommandInput) {
      const {inline} = roles.get(RoleName);
      checkName(PolicyName, 'policyName');
      checkPolicy(PolicyDocument, 'permissions');
      const others = [...inline].filter(([name]) => name !== PolicyName).map(([, document]) => document);
      if ([...others, PolicyDocument].join('').replace(/\s/g, '').length > maxInline) {
        throw limitExceeded(`Maximum policy size of ${maxInline} bytes exceeded for role ${RoleName}`);
      }
      inline.set(PolicyName, PolicyDocument);
    },
    get({RoleName = '', PolicyName = ''}: iam.GetRolePolicyCommandInput) {
      const document = roles.get(RoleName).inline.get(PolicyName);
      if (document === undefined) throw noSuchPolicy(PolicyName);
      return {RoleName, PolicyName, PolicyDocument: encodeURIComponent(document)};
    },
    remove({RoleName = '', PolicyName = ''}: iam.DeleteRolePolicyCommandInput) {
      if (!roles.get(RoleName).inline.delete(PolicyName)) throw noSuchPolicy(PolicyName);
    },
    list(input: iam.ListRolePoliciesCommandInput) {
      const {items, ...rest} = page([...roles.get(input.RoleName ?? '').inline.keys()], input);
      return {PolicyNames: items, ...rest};
    },
  };
}

const noSuchPolicy = (name: string) => noSuchEntity(`The role policy with name ${name} cannot be found.`);
