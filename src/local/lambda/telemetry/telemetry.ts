import type {Settings} from '../../settings.ts';
import {within} from '../environment/within.ts';
import {eventNow, type TelemetryEvent} from './event.ts';
import {Subscriber} from './subscriber.ts';
import type {SubscriptionRequest, TelemetryApiName} from './subscription-request.ts';

/** The events of one generation of processes and who gets them. */
export class Telemetry {
  private readonly settings: Settings['telemetry'];
  private readonly host: string;
  private readonly subscribers = new Map<string, Subscriber>();
  /** From the start of init on, for those who subscribe later; kept until nobody can any more. */
  private history: TelemetryEvent[] | undefined = [];
  private historyBytes = 0;
  private lost = {records: 0, bytes: 0};

  /** `host`: where the environment's processes listen. */
  constructor(settings: Settings['telemetry'], host: string) {
    this.settings = settings;
    this.host = host;
  }

  get isOpen(): boolean {
    return this.history !== undefined;
  }

  emit(type: string, record: unknown): void {
    if (!this.isOpen && this.subscribers.size === 0) return;
    const event = eventNow(type, record);
    this.keep(event);
    for (const subscriber of this.subscribers.values()) subscriber.take(event);
  }

  /** Through which API an extension has subscribed. */
  subscribedThrough(extension: string): TelemetryApiName | undefined {
    return this.subscribers.get(extension)?.request.api;
  }

  /** The subscriber gets everything since the start of init. */
  subscribe(extension: string, request: SubscriptionRequest): void {
    const subscriber = new Subscriber(request, this.host, this.settings);
    this.subscribers.set(extension, subscriber);
    subscriber.miss(this.lost.records, this.lost.bytes);
    for (const event of this.history ?? []) subscriber.take(event);
    const {api, types} = request;
    this.emit(`platform.${api.toLowerCase()}Subscription`, {name: extension, state: 'Subscribed', types});
  }

  /** At the end of init. */
  closeSubscriptions(): void {
    this.history = undefined;
  }

  /** Nothing is delivered while the environment is frozen. */
  pause(): void {
    for (const subscriber of this.subscribers.values()) subscriber.pause();
  }

  resume(): void {
    for (const subscriber of this.subscribers.values()) subscriber.resume();
  }

  /** Delivers what there is, each batch tried once more at most, for at most `ms`. */
  async flush(ms: number): Promise<void> {
    await within(Promise.all([...this.subscribers.values()].map(subscriber => subscriber.drain())), ms);
  }

  close(): void {
    this.closeSubscriptions();
    for (const subscriber of this.subscribers.values()) subscriber.close();
    this.subscribers.clear();
  }

  private keep(event: TelemetryEvent): void {
    if (!this.history) return;
    const bytes = Buffer.byteLength(JSON.stringify(event));
    if (this.historyBytes + bytes > this.settings.queueLimitBytes) {
      this.lost = {records: this.lost.records + 1, bytes: this.lost.bytes + bytes};
      return;
    }
    this.history.push(event);
    this.historyBytes += bytes;
  }
}
