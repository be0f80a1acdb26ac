import type {LoggingConfig} from '@aws-sdk/client-lambda';
import {applicationLevels, type JsonLogging, systemLevels} from '../environment/log-levels.ts';
import {invalidParameter} from './errors.ts';
import type {Violations} from './violations.ts';

type Given = {[Member in keyof LoggingConfig]: string | undefined};
/** Nothing for the text format. */
type Logging = JsonLogging | undefined;

/** Adds what the model does not allow. */
export function checkLogging(violations: Violations, given: Given | undefined): Violations {
  return violations
    .pattern(given?.LogGroup, 'loggingConfig.logGroup', /[.\-_/#A-Za-z0-9]{1,512}/)
    .oneOf(given?.LogFormat, 'loggingConfig.logFormat', ['JSON', 'Text'])
    .oneOf(given?.ApplicationLogLevel, 'loggingConfig.applicationLogLevel', applicationLevels)
    .oneOf(given?.SystemLogLevel, 'loggingConfig.systemLogLevel', systemLevels);
}

/**
 * The logging that results; what is left out stays, and is INFO at first.
 * Throws InvalidParameterValueException on a level for the text format.
 */
export function changedLogging(current: Logging, given: LoggingConfig | undefined): Logging {
  const {LogFormat: format = current ? 'JSON' : 'Text', ApplicationLogLevel, SystemLogLevel} = given ?? {};
  if (format === 'JSON') {
    return {
      applicationLevel: ApplicationLogLevel ?? current?.applicationLevel ?? 'INFO',
      systemLevel: SystemLogLevel ?? current?.systemLevel ?? 'INFO',
    };
  }
  if (ApplicationLogLevel !== undefined || SystemLogLevel !== undefined) {
    throw invalidParameter(
      'LogLevel is not supported when LogFormat is set to "Text". Remove LogLevel from your request or change the LogFormat to "Json" and try again.',
    );
  }
  return undefined;
}

export function shownLogging(logging: Logging, logGroup: string): LoggingConfig {
  if (!logging) return {LogFormat: 'Text', LogGroup: logGroup};
  return {
    LogFormat: 'JSON',
    ApplicationLogLevel: logging.applicationLevel,
    SystemLogLevel: logging.systemLevel,
    LogGroup: logGroup,
  };
}
