import {randomBytes} from 'node:crypto';
import type * as iam from '@aws-sdk/client-iam';
import type {Handler, RequestContext} from '../wire/service.ts';
import {alreadyExists, deleteConflict, noSuchRole} from './errors.ts';
import {page} from './page.ts';
import type {Role} from './role.ts';
import {checkDescription, checkName, checkPath, checkPolicy, checkSessionDuration, withTags} from './rules.ts';

const idAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** All roles, by lower-case name: AWS keeps names unique without regard to case. */
export type RoleTable = {
  get(name: string): Role;
  find(arn: string): Role | undefined;
  all(): Role[];
  add(role: Role): void;
  remove(role: Role): void;
};

export function createRoleTable(): RoleTable {
  const roles = new Map<string, Role>();
  const seen = new Set<string>();
  return {
    get(name) {
      const role = roles.get(name.toLowerCase());
      if (!role) throw noSuchRole(name);
      return role;
    },
    find: arn => [...roles.values()].find(role => role.arn === arn),
    all: () => [...roles.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
    add(role) {
      const key = role.name.toLowerCase();
      if (roles.has(key)) throw alreadyExists(`Role with name ${role.name} already exists.`);
      role.remembered = seen.has(key);
      seen.add(key);
      roles.set(key, role);
    },
    remove: role => roles.delete(role.name.toLowerCase()),
  };
}

type RoleHandlers = Record<
  'create' | 'get' | 'list' | 'update' | 'updateTrust' | 'remove' | 'tag' | 'untag' | 'listTags',
  Handler
>;

/** Roles themselves: create, read, change, delete, tags. */
export function roleHandlers(roles: RoleTable): RoleHandlers {
  return {
    create(input: iam.CreateRoleCommandInput, context: RequestContext) {
      const role = newRole(input, context.account);
      roles.add(role);
      return {Role: shown(role)};
    },
    get: ({RoleName}: iam.GetRoleCommandInput) => ({Role: shown(roles.get(RoleName ?? ''))}),
    list(input: iam.ListRolesCommandInput) {
      const prefix = input.PathPrefix ?? '/';
      const {items, ...rest} = page(
        roles.all().filter(role => role.path.startsWith(prefix)),
        input,
      );
      // As on AWS, lists leave the tags out.
      return {Roles: items.map(role => ({...shown(role), Tags: undefined})), ...rest};
    },
    update(input: iam.UpdateRoleCommandInput) {
      const role = roles.get(input.RoleName ?? '');
      if (input.Description !== undefined) checkDescription(input.Description);
      if (input.MaxSessionDuration !== undefined) checkSessionDuration(input.MaxSessionDuration);
      role.description = input.Description ?? role.description ?? '';
      role.maxSessionDuration = input.MaxSessionDuration ?? role.maxSessionDuration;
      return {};
    },
    updateTrust({RoleName, PolicyDocument = ''}: iam.UpdateAssumeRolePolicyCommandInput) {
      const role = roles.get(RoleName ?? '');
      checkPolicy(PolicyDocument, 'trust');
      role.trust = PolicyDocument;
    },
    remove({RoleName}: iam.DeleteRoleCommandInput) {
      const role = roles.get(RoleName ?? '');
      if (role.attached.size > 0) throw deleteConflict('Cannot delete entity, must detach all policies first.');
      if (role.inline.size > 0) throw deleteConflict('Cannot delete entity, must delete policies first.');
      roles.remove(role);
    },
    tag({RoleName, Tags = []}: iam.TagRoleCommandInput) {
      const role = roles.get(RoleName ?? '');
      role.tags = withTags(role.tags, Tags);
    },
    untag({RoleName, TagKeys = []}: iam.UntagRoleCommandInput) {
      const {tags} = roles.get(RoleName ?? '');
      for (const key of TagKeys) tags.delete(key);
    },
    listTags(input: iam.ListRoleTagsCommandInput) {
      const {items, ...rest} = page(tagsOf(roles.get(input.RoleName ?? '')), input);
      return {Tags: items, ...rest};
    },
  };
}

function newRole(input: iam.CreateRoleCommandInput, account: string): Role {
  const {RoleName: name = '', Path: path = '/', AssumeRolePolicyDocument: trust = '', Description: description} = input;
  const maxSessionDuration = input.MaxSessionDuration ?? 3600;
  const madeAt = Date.now();
  checkName(name, 'roleName');
  checkPath(path);
  checkPolicy(trust, 'trust');
  checkSessionDuration(maxSessionDuration);
  if (description !== undefined) checkDescription(description);
  return {
    name,
    path,
    trust,
    maxSessionDuration,
    ...(description === undefined ? {} : {description}),
    id: `AROA${Array.from(randomBytes(17), byte => idAlphabet[byte % idAlphabet.length]).join('')}`,
    arn: `arn:aws:iam::${account}:role${path}${name}`,
    createdAt: new Date(Math.floor(madeAt / 1000) * 1000),
    madeAt,
    remembered: false,
    tags: withTags(new Map(), input.Tags ?? []),
    inline: new Map(),
    attached: new Set(),
  };
}

function tagsOf(role: Role): {Key: string; Value: string}[] {
  return [...role.tags].map(([Key, Value]) => ({Key, Value}));
}

/** The role as AWS shows it; documents are URL-encoded on read. */
function shown(role: Role): iam.Role {
  const tags = tagsOf(role);
  return {
    Path: role.path,
    RoleName: role.name,
    RoleId: role.id,
    Arn: role.arn,
    CreateDate: role.createdAt,
    AssumeRolePolicyDocument: encodeURIComponent(role.trust),
    MaxSessionDuration: role.maxSessionDuration,
    ...(role.description === undefined ? {} : {Description: role.description}),
    ...(tags.length === 0 ? {} : {Tags: tags}),
  };
}
