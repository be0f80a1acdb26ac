import type {Settings} from '../../settings.ts';
import {EventBuffer} from './buffer.ts';
import {type OpenDestination, openDestination} from './destination.ts';
import {eventNow, kindOf, type TelemetryEvent} from './event.ts';
import {Outbox} from './outbox.ts';
import {viewOf} from './schema-view.ts';
import type {SubscriptionRequest} from './subscription-request.ts';

/** One extension's subscription, from the events it asked for to their delivery. */
export class Subscriber {
  readonly request: SubscriptionRequest;
  private readonly buffer: EventBuffer;
  private readonly outbox: Outbox;
  private readonly destination: OpenDestination;

  constructor(request: SubscriptionRequest, host: string, settings: Settings['telemetry']) {
    this.request = request;
    this.destination = openDestination(host, request.destination);
    this.outbox = new Outbox(
      settings,
      (...batch) => this.destination.send(...batch),
      dropped =>
        request.types.includes('platform') ? JSON.stringify(eventNow('platform.logsDropped', dropped)) : undefined,
    );
    this.buffer = new EventBuffer(request.buffering, batch => this.outbox.add(batch));
  }

  take(event: TelemetryEvent): void {
    if (!this.request.types.includes(kindOf(event))) return;
    const view = viewOf(event, this.request);
    if (view) this.buffer.add(JSON.stringify(view));
  }

  /** What happened before it subscribed and was too much to keep. */
  miss(records: number, bytes: number): void {
    if (records > 0) this.outbox.drop({items: {length: records}, bytes});
  }

  pause(): void {
    this.outbox.pause();
  }

  resume(): void {
    this.outbox.resume();
  }

  async drain(): Promise<void> {
    this.buffer.flush();
    await this.outbox.drain();
  }

  close(): void {
    this.buffer.close();
    this.outbox.close();
    this.destination.close();
  }
}
