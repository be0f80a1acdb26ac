import {invalidParameter, noSuchGroup, noSuchStream} from './errors.ts';
import type {LogLine, LogPlace} from './log-sink.ts';
import {LogStream} from './log-stream.ts';

export type LogGroup = {
  name: string;
  /** Epoch ms. */
  createdAt: number;
  retentionDays?: number;
  tags: Map<string, string>;
  streams: Map<string, LogStream>;
};

/** The groups of one account and region. */
export class LogStore {
  readonly groups = new Map<string, LogGroup>();

  createGroup(name: string, tags: Map<string, string>): LogGroup {
    const group: LogGroup = {name, createdAt: Date.now(), tags, streams: new Map()};
    this.groups.set(name, group);
    return group;
  }

  group(name: string): LogGroup {
    const group = this.groups.get(name);
    if (!group) throw noSuchGroup();
    return group;
  }

  stream(groupName: string, name: string): LogStream {
    const stream = this.group(groupName).streams.get(name);
    if (!stream) throw noSuchStream();
    return stream;
  }

  write(lines: readonly LogLine[], to: Pick<LogPlace, 'group' | 'stream' | 'mayCreateGroup'>): void {
    if (!this.groups.has(to.group) && !to.mayCreateGroup) return;
    const group = this.groups.get(to.group) ?? this.createGroup(to.group, new Map());
    const now = Date.now();
    const stream = group.streams.get(to.stream) ?? new LogStream(to.stream, now);
    group.streams.set(to.stream, stream);
    for (const {timestamp, message} of lines) stream.add(timestamp, message, now);
  }
}

/** The name in a group's ARN, with or without its `:*`; a bare name is taken as it is. */
export function groupNameOf(identifier: string): string {
  if (!identifier.startsWith('arn:')) return identifier;
  const name = /^arn:[^:]+:logs:[^:]*:[^:]*:log-group:([^:]+)(:\*)?$/.exec(identifier)?.[1];
  if (name === undefined) throw invalidParameter('The specified resource arn is invalid.');
  return name;
}

/** The group that a request names by name or by identifier; exactly one of them. */
export function namedGroup(input: {
  logGroupName?: string | undefined;
  logGroupIdentifier?: string | undefined;
}): string {
  const {logGroupName, logGroupIdentifier} = input;
  if ((logGroupName === undefined) === (logGroupIdentifier === undefined)) {
    throw invalidParameter('Exactly one of logGroupName or logGroupIdentifier must be provided.');
  }
  return groupNameOf(logGroupName ?? logGroupIdentifier ?? '');
}
