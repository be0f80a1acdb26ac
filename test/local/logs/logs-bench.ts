import {CloudWatchLogsClient, CreateLogGroupCommand, type FilteredLogEvent} from '@aws-sdk/client-cloudwatch-logs';
import {expect} from 'vitest';
import {createLogs} from '../../../src/local/logs/service.ts';
import {startWireServer} from '../../../src/local/wire/server.ts';
import {clientConfig} from '../wire/served.ts';

export const group = '/aws/lambda/target';

/** CloudWatch Logs on a free port, with one group and a client. */
export async function serveLogs() {
  const faults: unknown[] = [];
  const {service, sink} = createLogs();
  const server = await startWireServer({port: 0, services: [service], onFault: fault => faults.push(fault)});
  const logs = new CloudWatchLogsClient(clientConfig(server.endpoint));
  await logs.send(new CreateLogGroupCommand({logGroupName: group}));
  return {
    endpoint: server.endpoint,
    logs,
    /** Lines as Lambda writes them. */
    write: (stream: string, ...lines: [number, string][]) =>
      sink.write(
        lines.map(([timestamp, message]) => ({timestamp, message})),
        {account: '000000000000', region: 'us-east-1', group, stream, mayCreateGroup: false},
      ),
    close: async () => {
      await server.close();
      expect(faults).toEqual([]);
    },
  };
}

export const messagesOf = (answer: {events?: Pick<FilteredLogEvent, 'message'>[] | undefined}) =>
  answer.events?.map(event => event.message);
