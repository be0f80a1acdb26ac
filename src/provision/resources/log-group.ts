import {
  CreateLogGroupCommand,
  DeleteLogGroupCommand,
  DescribeLogGroupsCommand,
  ListTagsForResourceCommand,
  PutRetentionPolicyCommand,
  TagResourceCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import {orAbsent} from '../../aws/errors.ts';
import type {StackNames} from '../../aws/names.ts';
import {stackTags} from '../../aws/tags.ts';
import {logGroupArn} from '../arns.ts';
import {type Context, perRun} from '../context.ts';
import {wantedFound} from '../first-difference.ts';
import {inspectTagged, present, type ResourceNode} from '../resource-node.ts';

type Kind = {
  id: 'logs-target' | 'logs-authorizer';
  name(names: StackNames): string;
  /** Whether the function that writes to the group is there and ours. */
  functionIsOurs(context: Context): Promise<boolean>;
};

const retentionInDays = 1;

/**
 * The log group of one function. It is made before the function, else Lambda makes it: untagged and never expiring.
 * Such a group is taken over when the function that it belongs to by its name is ours.
 */
export function logGroup(kind: Kind): ResourceNode {
  const {id} = kind;
  const read = perRun(async ({clients, names}) => {
    const name = kind.name(names);
    const groups = await clients.logs.send(new DescribeLogGroupsCommand({logGroupNamePrefix: name}));
    const group = groups.logGroups?.find(each => each.logGroupName === name);
    if (!group) return undefined;
    // The `:*` at its end means the streams in it: tagging calls refuse it.
    const resourceArn = group.arn?.replace(/:\*$/, '');
    const tags = await orAbsent(clients.logs.send(new ListTagsForResourceCommand({resourceArn})));
    return {tags: tags?.tags, retention: group.retentionInDays};
  });
  type Live = NonNullable<Awaited<ReturnType<typeof read>>>;
  const drift = ({retention}: Live) =>
    retention === retentionInDays
      ? []
      : [`retention in days: ${wantedFound(retentionInDays, retention ?? 'for ever')}`];
  const isLambdas = (live: Live) => Object.keys(live.tags ?? {}).length === 0;
  const tag = (context: Context) => {
    const {clients, names} = context;
    const resourceArn = logGroupArn(context, kind.name(names));
    return clients.logs.send(new TagResourceCommand({resourceArn, tags: stackTags(names.stack, id)}));
  };
  return {
    id,
    title: 'Log group',
    name: kind.name,
    needs: [],
    removeAfter: id === 'logs-target' ? ['target', 'role'] : ['authorizer', 'role'],
    read,
    async inspect(context) {
      const live = await read(context);
      if (!live) return {state: 'absent'};
      if (isLambdas(live) && (await kind.functionIsOurs(context))) {
        return present(drift(live), `${wantedFound('ours', 'none')} (made by Lambda)`);
      }
      return inspectTagged(context, id, live.tags, () => drift(live));
    },
    adopt(context) {
      return tag(context);
    },
    async claim(context) {
      const live = await read(context);
      if (live && isLambdas(live) && (await kind.functionIsOurs(context))) await orAbsent(tag(context));
    },
    async ensure(context) {
      const {clients, names} = context;
      const logGroupName = kind.name(names);
      const tags = stackTags(names.stack, id);
      const live = await read(context);
      if (!live) await clients.logs.send(new CreateLogGroupCommand({logGroupName, tags}));
      if (live?.retention !== retentionInDays) {
        await clients.logs.send(new PutRetentionPolicyCommand({logGroupName, retentionInDays}));
      }
      if (!live) return 'created';
      return drift(live).length === 0 ? 'unchanged' : 'updated';
    },
    async remove(context) {
      if (!(await read(context))) return 'absent';
      await orAbsent(context.clients.logs.send(new DeleteLogGroupCommand({logGroupName: kind.name(context.names)})));
      return 'deleted';
    },
  };
}
