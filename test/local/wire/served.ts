import {createIam} from '../../../src/local/iam/service.ts';
import {createLogs} from '../../../src/local/logs/service.ts';
import {createSts} from '../../../src/local/sts/service.ts';
import type {FrontOptions} from '../../../src/local/wire/front.ts';
import {startWireServer, type WireServer} from '../../../src/local/wire/server.ts';

export type Served = {server: WireServer; faults: unknown[]; config: ReturnType<typeof clientConfig>};

/** STS, IAM and Logs on a free port, with whatever else a test adds. */
export async function serve(more: Partial<FrontOptions> = {}): Promise<Served> {
  const faults: unknown[] = [];
  const services = [createSts(), createIam().service, createLogs().service, ...(more.services ?? [])];
  const onFault = (fault: unknown) => faults.push(fault);
  const server = await startWireServer({...more, port: 0, services, onFault});
  return {server, faults, config: clientConfig(server.endpoint)};
}

export function clientConfig(endpoint: string, accessKeyId = 'test') {
  return {region: 'us-east-1', endpoint, maxAttempts: 1, credentials: {accessKeyId, secretAccessKey: 'test'}};
}
