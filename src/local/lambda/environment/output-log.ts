import type {Telemetry} from '../telemetry/telemetry.ts';
import type {EnvironmentSpec} from './environment.ts';
import {objectIn} from './json-line.ts';
import {applicationLevelOf, type JsonLogging, passesLevel} from './log-levels.ts';
import type {LogWriter} from './log-writer.ts';

/** What functions and extensions print: for the log, where its level is asked for, and for telemetry's subscribers. */
export class OutputLog {
  private readonly log: LogWriter;
  private readonly json: JsonLogging | undefined;
  private readonly managed: boolean;

  constructor(log: LogWriter, {jsonLogging, runtime}: EnvironmentSpec) {
    this.log = log;
    this.json = jsonLogging;
    this.managed = !runtime.startsWith('provided');
  }

  write(source: 'function' | 'extension', line: string, telemetry: Telemetry): void {
    // Managed runtimes write the line ends inside a message as carriage returns.
    const text = this.managed ? line.replaceAll('\r', '\n') : line;
    const {json} = this;
    const object = json && objectIn(text);
    const hidden = json && source === 'function' && !passesLevel(applicationLevelOf(object), json.applicationLevel);
    if (!hidden) this.log.write(text);
    telemetry.emit(source, object ?? text);
  }
}
