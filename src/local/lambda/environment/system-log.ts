import {type EmitEvent, type EventKind, eventNow} from '../telemetry/event.ts';
import type {TelemetryApiName} from '../telemetry/subscription-request.ts';
import type {Telemetry} from '../telemetry/telemetry.ts';
import {type JsonLogging, passesLevel, systemLevelOf} from './log-levels.ts';
import type {LogWriter} from './log-writer.ts';
import {subscriptionLine} from './platform-lines.ts';

/** The platform's own lines in the log of a function: texts, or with the JSON log format its telemetry events. */
export class SystemLog {
  private readonly log: LogWriter;
  private readonly json: JsonLogging | undefined;

  constructor(log: LogWriter, json: JsonLogging | undefined) {
    this.log = log;
    this.json = json;
  }

  /** A line of the text format. */
  text(line: string): void {
    if (!this.json) this.log.write(line);
  }

  /** An event; with the JSON log format it is a line when its level is asked for. */
  event(type: string, record: unknown): void {
    if (!this.json) return;
    const level = systemLevelOf(type, record as object);
    if (level && passesLevel(level, this.json.systemLevel)) this.log.write(JSON.stringify(eventNow(type, record)));
  }

  /** Events of a phase: for the log, and for whoever has subscribed to `telemetry`. */
  emitter(telemetry: Telemetry | undefined): EmitEvent {
    return (type, record) => {
      this.event(type, record);
      telemetry?.emit(type, record);
    };
  }

  subscribed(api: TelemetryApiName, name: string, types: readonly EventKind[]): void {
    this.text(subscriptionLine(api, name, types));
    this.event(`platform.${api.toLowerCase()}Subscription`, {name, state: 'Subscribed', types});
  }
}
