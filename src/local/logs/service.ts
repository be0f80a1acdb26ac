import {
  CreateLogGroup$,
  CreateLogStream$,
  DeleteLogGroup$,
  DeleteLogStream$,
  DeleteRetentionPolicy$,
  DescribeLogGroups$,
  DescribeLogStreams$,
  FilterLogEvents$,
  GetLogEvents$,
  ListTagsForResource$,
  PutLogEvents$,
  PutRetentionPolicy$,
  TagResource$,
  UntagResource$,
} from '@aws-sdk/client-cloudwatch-logs';
import {Apart, operationsApart, regionKey} from '../wire/apart.ts';
import type {SchemaService} from '../wire/service.ts';
import {filterEvents} from './filter-events.ts';
import {getEvents} from './get-events.ts';
import {groupHandlers} from './groups.ts';
import type {LogSink} from './log-sink.ts';
import {LogStore} from './log-store.ts';
import {putEvents} from './put-events.ts';
import {streamHandlers} from './streams.ts';

/** CloudWatch Logs in memory, apart for every account and region, and the sink through which Lambda writes to it. */
export function createLogs(): {service: SchemaService; sink: LogSink} {
  const stores = new Apart(() => new LogStore());
  const service: SchemaService = {
    kind: 'schema',
    scope: 'logs',
    protocol: 'awsJson1_1',
    validationCode: 'InvalidParameterException',
    operations: operationsApart(stores, regionKey, operationsOn),
  };
  return {service, sink: {write: (lines, to) => stores.of(regionKey(to)).write(lines, to)}};
}

function operationsOn(store: LogStore): SchemaService['operations'] {
  const group = groupHandlers(store);
  const stream = streamHandlers(store);
  return [
    [CreateLogGroup$, group.create],
    [DeleteLogGroup$, group.remove],
    [DescribeLogGroups$, group.describe],
    [PutRetentionPolicy$, group.putRetention],
    [DeleteRetentionPolicy$, group.deleteRetention],
    [TagResource$, group.tag],
    [UntagResource$, group.untag],
    [ListTagsForResource$, group.listTags],
    [CreateLogStream$, stream.create],
    [DeleteLogStream$, stream.remove],
    [DescribeLogStreams$, stream.describe],
    [PutLogEvents$, putEvents(store)],
    [GetLogEvents$, getEvents(store)],
    [FilterLogEvents$, filterEvents(store)],
  ];
}
