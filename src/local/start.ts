import {createApiGateway} from './apigateway/service.ts';
import {lateSink} from './behaviour/late-sink.ts';
import {slowTraffic} from './behaviour/slow-traffic.ts';
import {createDynamodb} from './dynamodb/service.ts';
import {makeGuardedFolder} from './guarded-folder.ts';
import {createIam} from './iam/service.ts';
import type {Transition} from './lambda/environment/environment.ts';
import {createLambda} from './lambda/service.ts';
import {createLogs} from './logs/service.ts';
import {settingsFor, type WantedSettings} from './settings.ts';
import {createSts} from './sts/service.ts';
import {startWireServer} from './wire/server.ts';
import {defaultAccount, defaultRegion} from './wire/signature.ts';
import {freeWay, inOrder, type Traffic} from './wire/traffic.ts';

/** A running embedded AWS. */
export type LocalAws = {
  /** `http://127.0.0.1:PORT` */
  endpoint: string;
  port: number;
  sandbox: 'namespaces' | 'portable';
  /** Why it is not a stronger form. */
  sandboxReason?: string;
  /** Where everything it writes is; gone after `close`. */
  folder: string;
  /** Gives every execution environment its SHUTDOWN, then ends everything. Safe to call twice. */
  close(): Promise<void>;
};

export type LocalAwsOptions = {
  /** 0 for a free one. */
  port: number;
  settings?: WantedSettings;
  /** What happens to calls on their way to a service; nothing when absent. */
  traffic?: Traffic;
  onTransition?: (transition: Transition) => void;
  /** Words for the user: which sandbox and why, what a layer may miss, defects of ours. */
  onNotice?: (text: string) => void;
};

/** What shutting-down extensions still need: they write their last event and their last lines. */
const servedWhileClosing = ['dynamodb', 'logs'];

/** Starts the whole embedded AWS on 127.0.0.1. Rejects with the system's error (EADDRINUSE) when the port is taken. */
export async function startLocalAws(options: LocalAwsOptions): Promise<LocalAws> {
  const settings = settingsFor(options.settings);
  const onNotice = options.onNotice ?? (() => {});
  const onTransition = options.onTransition ?? (() => {});
  const account = defaultAccount;
  const undo: (() => Promise<void>)[] = [];
  const closeAll = async () => {
    for (const step of undo.splice(0).reverse()) await step().catch(error => onNotice(faultText(error, 'closing')));
  };
  try {
    const {path: folder, remove} = await makeGuardedFolder('lifecycle-local-');
    undo.push(remove);
    let endpoint = '';
    const logs = createLogs();
    const iam = createIam(settings);
    const dynamodb = await createDynamodb({settings, account, region: defaultRegion, onNotice});
    undo.push(() => dynamodb.close());
    const lambda = await createLambda({
      settings,
      account,
      folder,
      onTransition,
      onNotice,
      sink: lateSink(logs.sink, settings.logFlushMs),
      roles: iam.roles,
      endpoint: () => endpoint,
    });
    const closeLambda = () => lambda.close();
    undo.push(closeLambda);
    const apiGateway = createApiGateway({invoke: lambda.invoke, stageSettleMs: settings.stageSettleMs});
    const server = await startWireServer({
      port: options.port,
      services: [createSts(), iam.service, logs.service, dynamodb.service, lambda.service, apiGateway.service],
      dataPlane: apiGateway.dataPlane,
      traffic: inOrder(options.traffic ?? freeWay, slowTraffic(settings)),
      download: key => lambda.download(key),
      onFault: (fault, operation) => onNotice(faultText(fault, operation)),
    });
    endpoint = server.endpoint;
    // The SHUTDOWNs come before the port goes: extensions write to DynamoDB through it.
    undo.splice(undo.indexOf(closeLambda), 1);
    undo.push(() => server.close(), closeLambda);
    let closing: Promise<void> | undefined;
    const close = () => {
      server.serveOnly(servedWhileClosing);
      closing ??= closeAll();
      return closing;
    };
    const {sandbox, sandboxReason} = lambda;
    const form = {sandbox, ...(sandboxReason !== undefined && {sandboxReason})};
    return {endpoint, port: server.port, ...form, folder, close};
  } catch (error) {
    await closeAll();
    throw error;
  }
}

function faultText(fault: unknown, operation: string): string {
  const reason = fault instanceof Error ? fault.message : String(fault);
  return `The embedded AWS failed in ${operation}: ${reason}`;
}
