import {CloudWatchLogsClient, CreateLogGroupCommand, DescribeLogGroupsCommand} from '@aws-sdk/client-cloudwatch-logs';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {ndjson, runCli, serveLocal} from './run-cli.ts';

let served: Awaited<ReturnType<typeof serveLocal>>;
let logs: CloudWatchLogsClient;
beforeAll(async () => {
  served = await serveLocal();
  const credentials = {accessKeyId: 'test', secretAccessKey: 'test'};
  logs = new CloudWatchLogsClient({endpoint: served.endpoint, region: 'us-east-1', credentials});
});
afterAll(async () => {
  logs.destroy();
  await served.stop();
});

test('deploy ends with 5 and the owner when something in the way is not ours, and makes nothing', async () => {
  const logGroupName = '/aws/lambda/taken-lambda-target-demo';
  const tags = {'lifecycle-tui:managed': 'true', 'lifecycle-tui:stack': 'alice'};
  await logs.send(new CreateLogGroupCommand({logGroupName, tags}));
  const cli = (...args: string[]) => runCli([...args, '--stack', 'taken', '--endpoint-url', served.endpoint, '--json']);

  const deployed = await cli('deploy');
  expect(deployed.code).toBe(5);
  expect(deployed.stdout).toContain('stack alice');
  expect(ndjson(deployed.stdout).at(-1)).toMatchObject({type: 'result', ok: false});

  const status = ndjson((await cli('status')).stdout).at(-1) as {state: string; resources: {state: string}[]};
  expect(status.state).toBe('foreign');
  expect(status.resources.map(({state}) => state).filter(state => state === 'present')).toEqual([]);
  expect((await cli('teardown')).code).toBe(0);
  const {logGroups} = await logs.send(new DescribeLogGroupsCommand({logGroupNamePrefix: logGroupName}));
  expect(logGroups).toHaveLength(1);
});
