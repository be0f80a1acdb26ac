import type {ResourceNode} from './resource-node.ts';
import {api} from './resources/api.ts';
import {authorizer, authorizerLogs, target, targetLogs} from './resources/functions.ts';
import {layer} from './resources/layer.ts';
import {permissions} from './resources/permissions.ts';
import {role} from './resources/role.ts';
import {smoke} from './resources/smoke.ts';
import {table} from './resources/table.ts';

/** What exists on AWS, in the order people are shown it. */
export const resources: readonly ResourceNode[] = [
  role,
  table,
  layer,
  targetLogs,
  authorizerLogs,
  target,
  authorizer,
  api,
  permissions,
];

/** The steps of a deployment: the resources and the proof that they work together. */
export const deploySteps: readonly ResourceNode[] = [...resources, smoke];
