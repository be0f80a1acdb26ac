import {kindOf, type TelemetryEvent} from './event.ts';
import type {SubscriptionRequest} from './subscription-request.ts';

type Fields = Record<string, unknown>;
const onlyLogs = ['platform.end', 'platform.fault', 'platform.logsSubscription'];
const onlyTelemetry = [
  'platform.initStart',
  'platform.initRuntimeDone',
  'platform.initReport',
  'platform.telemetrySubscription',
];
/** What the older schema tells of an event of which the newer one tells more. */
const olderFields: Readonly<Record<string, readonly string[]>> = {
  'platform.start': ['requestId', 'version'],
  'platform.runtimeDone': ['requestId', 'status'],
  'platform.report': ['requestId', 'metrics'],
};

/** The event in the schema that was subscribed to; nothing when that schema does not have it. */
export function viewOf(event: TelemetryEvent, request: SubscriptionRequest): TelemetryEvent | undefined {
  const {type, record} = event;
  // A line of the JSON log format.
  if (kindOf(event) !== 'platform' && typeof record !== 'string' && !takesObjects(request)) {
    return {...event, record: JSON.stringify(record)};
  }
  if (request.api === 'Telemetry') return onlyLogs.includes(type) ? undefined : event;
  if (onlyTelemetry.includes(type)) return undefined;
  if (type === 'platform.runtimeDone' && request.schemaVersion === '2020-08-15') return undefined;
  const kept = olderFields[type];
  if (!kept) return event;
  return {...event, record: Object.fromEntries(kept.map(name => [name, (record as Fields)[name]]))};
}

const takesObjects = ({api, schemaVersion}: SubscriptionRequest): boolean =>
  api === 'Telemetry' && schemaVersion >= '2022-12-13';
