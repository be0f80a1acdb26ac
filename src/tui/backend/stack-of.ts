import type {Emit} from '../../lifecycle/message.ts';
import type {Recorded} from '../../operate/recording/recorder.ts';
import type {Connection} from '../../operate/session/connect.ts';
import type {WebhookReceiver} from '../../operate/webhook/webhook-receiver.ts';
import type {Stack} from './backend.ts';
import {type StackRecordings, unrecorded} from './stack-recordings.ts';

const defaultTtlSeconds = 1_200;

/**
 * The stack at the other end of a connection. `hear` says who hears of its calls while something is done to it; `receiver`
 * takes its functions' webhook. What each order needs is loaded with it.
 */
export function stackOf(
  {target, clients, names}: Connection,
  hear: (emit: Emit | undefined) => void,
  recordings: StackRecordings = unrecorded,
  receiver?: WebhookReceiver,
): Stack {
  const recorded: Recorded = {
    label: target.label,
    region: target.region,
    stack: names.stack,
    functionName: names.target,
    authorizerName: names.authorizer,
    local: target.endpoint !== undefined,
  };

  const heard = async <T>(emit: Emit, run: () => Promise<T>) => {
    hear(emit);
    try {
      return await run();
    } finally {
      hear(undefined);
    }
  };
  const tokenInUse = async () => {
    const {resolveAuthToken} = await import('../../provision/auth-token.ts');
    return (await resolveAuthToken({clients, names}, undefined))?.token;
  };
  return {
    label: target.label,
    region: target.region,
    stack: names.stack,
    functionName: names.target,
    ...(target.endpoint !== undefined && {endpoint: target.endpoint}),
    ...(target.profile !== undefined && {profile: target.profile}),
    async status(signal) {
      const {status} = await import('../../provision/status.ts');
      return status({target, clients, names, ...(signal && {signal})});
    },
    async deploy({emit, signal}) {
      const {deploy} = await import('../../provision/deploy.ts');
      const authToken = await tokenInUse();
      const options = {
        ttlSeconds: defaultTtlSeconds,
        smoke: true,
        ...(receiver && {webhookUrl: receiver.url}),
        ...(authToken !== undefined && {authToken}),
      };
      return recordings.deploy(recorded, emit, told =>
        heard(told, () => deploy({target, clients, names, emit: told, signal, options})),
      );
    },
    async teardown({emit, signal}) {
      const {teardown} = await import('../../provision/teardown.ts');
      return recordings.teardown(recorded, emit, told =>
        heard(told, () => teardown({target, clients, names, emit: told, signal})),
      );
    },
    async openSession(apiUrl, idleWindow) {
      const {openSession} = await import('../../operate/session/open-session.ts');
      const {observationFolder} = await import('../../operate/forecast/observation-file.ts');
      const authToken = await tokenInUse().catch(() => undefined);
      return recordings.session(recorded, {apiUrl, ...(idleWindow && {idleWindow})}, recording => {
        if (authToken !== undefined) recording?.hide(authToken);
        return openSession({
          target,
          clients,
          names,
          apiUrl,
          observationFolder: observationFolder(process.env),
          ...(idleWindow && {idleWindow}),
          ...(receiver && {deliveries: receiver.subscribe}),
          ...(authToken !== undefined && {authToken}),
          ...(recording && {record: recording.write, onVariables: recording.hideVariables}),
        });
      });
    },
    async inventory(signal) {
      const {takeInventory} = await import('../../provision/inventory.ts');
      return takeInventory({target, clients, names, signal});
    },
    async countWarm(signal) {
      const {countWarm} = await import('../../operate/events/warm-environments.ts');
      const {table, index, target: functionName} = names;
      return countWarm({dynamodb: clients.dynamodb, table, index, functionName, signal});
    },
    async saveEvents(wanted) {
      const {saveEvents} = await import('../../operate/events/save-events.ts');
      return saveEvents({dynamodb: clients.dynamodb, table: names.table, ...wanted});
    },
    close: () => clients.destroy(),
  };
}
