/** From the most detail to the least. */
export const applicationLevels = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'] as const;
export const systemLevels = ['DEBUG', 'INFO', 'WARN'] as const;
export type ApplicationLevel = (typeof applicationLevels)[number];
export type SystemLevel = (typeof systemLevels)[number];

/** What is written with the JSON log format, and from which level on. */
export type JsonLogging = {applicationLevel: ApplicationLevel; systemLevel: SystemLevel};

/** Whether something of this level is written when `least` is asked for. */
export function passesLevel(level: ApplicationLevel, least: ApplicationLevel): boolean {
  return applicationLevels.indexOf(level) >= applicationLevels.indexOf(least);
}

type Fields = {status?: unknown; state?: unknown; initializationType?: unknown; runtimeVersion?: unknown};

/** The level that AWS documents for a platform event; nothing for one that is not written to the log. */
export function systemLevelOf(type: string, record: Fields): SystemLevel | undefined {
  switch (type) {
    case 'platform.initStart':
      return record.runtimeVersion === undefined ? 'DEBUG' : 'INFO';
    case 'platform.initRuntimeDone':
    case 'platform.runtimeDone':
      return record.status === 'success' ? 'DEBUG' : 'WARN';
    case 'platform.initReport':
      if (record.status !== 'success') return 'WARN';
      return record.initializationType === 'on-demand' ? 'DEBUG' : 'INFO';
    case 'platform.report':
      return record.status === 'success' ? 'INFO' : 'WARN';
    case 'platform.extension':
      return record.state === 'Ready' ? 'INFO' : 'WARN';
    case 'platform.start':
    case 'platform.logsSubscription':
    case 'platform.telemetrySubscription':
      return 'INFO';
    default:
      return undefined;
  }
}

const otherNames: Readonly<Record<string, ApplicationLevel>> = {WARNING: 'WARN', CRITICAL: 'FATAL'};

/** The level that a line of a function tells by itself; INFO when it tells none that Lambda knows. */
export function applicationLevelOf(line: object | undefined): ApplicationLevel {
  const {level, log_level} = (line ?? {}) as Record<string, unknown>;
  const name = String(level ?? log_level).toUpperCase();
  return applicationLevels.find(one => one === (otherNames[name] ?? name)) ?? 'INFO';
}
