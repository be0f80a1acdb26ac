import {DynamoDBClient} from '@aws-sdk/client-dynamodb';
import {createDynamodb} from '../../../src/local/dynamodb/service.ts';
import {defaultSettings, type Settings} from '../../../src/local/settings.ts';
import {startWireServer} from '../../../src/local/wire/server.ts';

/** The service behind the real front, and an SDK client that talks to it. */
export async function serveDynamodb(settings: Partial<Settings> = {}) {
  const notices: string[] = [];
  const dynamodb = await createDynamodb({
    settings: {...defaultSettings, tableDelayMs: 0, ...settings},
    account: '000000000000',
    region: 'us-east-1',
    onNotice: text => notices.push(text),
  });
  const server = await startWireServer({port: 0, services: [dynamodb.service], onFault: console.error});
  const client = new DynamoDBClient({
    region: 'us-east-1',
    endpoint: server.endpoint,
    credentials: {accessKeyId: 'test', secretAccessKey: 'test'},
    maxAttempts: 1,
  });
  return {
    client,
    endpoint: server.endpoint,
    notices,
    async close() {
      client.destroy();
      await server.close();
      await dynamodb.close();
    },
  };
}

/** Asks until the answer pleases; fails after the deadline. */
export async function until<T>(
  ask: () => Promise<T>,
  pleases: (answer: T) => boolean,
  deadlineMs = 10_000,
): Promise<T> {
  const end = Date.now() + deadlineMs;
  for (;;) {
    const answer = await ask();
    if (pleases(answer)) return answer;
    if (Date.now() > end) throw new Error(`Not in ${deadlineMs} ms: ${JSON.stringify(answer)}`);
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}
