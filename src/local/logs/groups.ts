import type * as logs from '@aws-sdk/client-cloudwatch-logs';
import type {Handler, RequestContext} from '../wire/service.ts';
import {groupExists, invalidParameter, noSuchResource} from './errors.ts';
import {groupNameOf, type LogGroup, type LogStore} from './log-store.ts';
import {pageOf} from './page.ts';
import {checkGroupName, checkRetention, limitOf, withTags} from './rules.ts';

type GroupHandlers = Record<
  'create' | 'remove' | 'describe' | 'putRetention' | 'deleteRetention' | 'tag' | 'untag' | 'listTags',
  Handler
>;

/** Log groups: create, delete, list, retention, tags. */
export function groupHandlers(store: LogStore): GroupHandlers {
  const tagged = (arn: string | undefined): LogGroup => {
    const group = store.groups.get(groupNameOf(arn ?? ''));
    if (!group) throw noSuchResource();
    return group;
  };
  return {
    create({logGroupName = '', tags = {}}: logs.CreateLogGroupCommandInput) {
      checkGroupName(logGroupName);
      if (store.groups.has(logGroupName)) throw groupExists();
      store.createGroup(logGroupName, withTags(new Map(), tags));
    },
    remove({logGroupName = ''}: logs.DeleteLogGroupCommandInput) {
      store.groups.delete(store.group(logGroupName).name);
    },
    describe(input: logs.DescribeLogGroupsCommandInput, context: RequestContext) {
      const found = [...store.groups.values()].filter(selectorOf(input));
      const {items, ...rest} = pageOf(found, {
        keyOf: ({name}) => name,
        limit: limitOf(input.limit, 50),
        nextToken: input.nextToken,
        question: ['groups', input.logGroupNamePrefix, input.logGroupNamePattern],
      });
      return {logGroups: items.map(group => shown(group, context)), ...rest};
    },
    putRetention({logGroupName = '', retentionInDays = 0}: logs.PutRetentionPolicyCommandInput) {
      checkRetention(retentionInDays);
      store.group(logGroupName).retentionDays = retentionInDays;
    },
    deleteRetention({logGroupName = ''}: logs.DeleteRetentionPolicyCommandInput) {
      delete store.group(logGroupName).retentionDays;
    },
    tag({resourceArn, tags = {}}: logs.TagResourceCommandInput) {
      const group = tagged(resourceArn);
      group.tags = withTags(group.tags, tags);
    },
    untag({resourceArn, tagKeys = []}: logs.UntagResourceCommandInput) {
      const group = tagged(resourceArn);
      for (const key of tagKeys) group.tags.delete(key);
    },
    listTags: ({resourceArn}: logs.ListTagsForResourceCommandInput) => ({
      tags: Object.fromEntries(tagged(resourceArn).tags),
    }),
  };
}

function selectorOf(input: logs.DescribeLogGroupsCommandInput): (group: LogGroup) => boolean {
  const {logGroupNamePrefix: prefix, logGroupNamePattern: pattern} = input;
  if (prefix !== undefined && pattern !== undefined) {
    throw invalidParameter('LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.');
  }
  if (pattern !== undefined) return group => group.name.toLowerCase().includes(pattern.toLowerCase());
  return group => group.name.startsWith(prefix ?? '');
}

function shown(group: LogGroup, {region, account}: RequestContext): logs.LogGroup {
  const logGroupArn = `arn:aws:logs:${region}:${account}:log-group:${group.name}`;
  return {
    logGroupName: group.name,
    creationTime: group.createdAt,
    ...(group.retentionDays === undefined ? {} : {retentionInDays: group.retentionDays}),
    metricFilterCount: 0,
    arn: `${logGroupArn}:*`,
    storedBytes: [...group.streams.values()].reduce((sum, stream) => sum + stream.bytes, 0),
    logGroupClass: 'STANDARD',
    logGroupArn,
  };
}
