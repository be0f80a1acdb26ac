/** Where the platform writes log lines; implemented by CloudWatch Logs, used by Lambda. */
export type LogSink = {
  /**
   * Appends lines to a stream, making the stream if it is new.
   * A missing group is made as Lambda does (no retention), unless `mayCreateGroup` is false: then the lines are dropped.
   * It is asked when the lines arrive.
   */
  write(lines: LogLine[], to: LogPlace): void;
};

export type LogPlace = {
  account: string;
  region: string;
  group: string;
  stream: string;
  readonly mayCreateGroup: boolean;
};

/** `timestamp`: epoch ms. */
export type LogLine = {timestamp: number; message: string};
