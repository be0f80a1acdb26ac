import type {LocalProcess, StartLocal} from '../../operate/local-process.ts';
import type {WebhookReceiver} from '../../operate/webhook/webhook-receiver.ts';

export type OwnLocal = {
  start: StartLocal;
  /** What takes the webhook of functions at this endpoint: only where the embedded AWS is ours and runs. */
  receiverAt(endpoint: string | undefined): WebhookReceiver | undefined;
};

/**
 * An embedded AWS of ours comes with a receiver for the webhook of what is deployed there, so that its deliveries are
 * seen; the receiver ends after it. Without one, which is said, everything else works.
 */
export function createOwnLocal(startLocal: StartLocal): OwnLocal {
  const receivers = new Map<string, WebhookReceiver>();

  async function receive({endpoint, exited}: LocalProcess, onNotice: (text: string) => void) {
    const {openWebhookReceiver} = await import('../../operate/webhook/webhook-receiver.ts');
    try {
      const receiver = await openWebhookReceiver();
      receivers.set(endpoint, receiver);
      void exited.then(() => {
        receivers.delete(endpoint);
        return receiver.close();
      });
    } catch (error) {
      onNotice(`Webhook deliveries are not shown: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  return {
    async start(options) {
      const local = await startLocal(options);
      await receive(local, options.onNotice ?? (() => undefined));
      return local;
    },
    receiverAt: endpoint => (endpoint === undefined ? undefined : receivers.get(endpoint)),
  };
}
