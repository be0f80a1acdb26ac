import type {IncomingMessage, ServerResponse} from 'node:http';
import type {Settings} from '../../settings.ts';
import {readBody, refuse} from '../environment/api-answer.ts';
import type {ApiRoute} from '../environment/api-server.ts';
import type {Extension} from '../environment/extension.ts';
import type {EventKind} from './event.ts';
import {parseSubscription, type TelemetryApiName} from './subscription-request.ts';
import type {Telemetry} from './telemetry.ts';

const bodyLimit = 65_536;

export type TelemetryApiOptions = {
  settings: Settings['telemetry'];
  telemetry: Telemetry;
  /** The extension that calls; nothing when it was refused. */
  identify(request: IncomingMessage, response: ServerResponse): Extension | undefined;
  onSubscribed(api: TelemetryApiName, extension: string, types: readonly EventKind[]): void;
};

/** The Telemetry API and the Logs API before it: extensions subscribe to events during init. */
export function telemetryRoutes(options: TelemetryApiOptions): ApiRoute[] {
  return [
    {
      method: 'PUT',
      path: '/2022-07-01/telemetry',
      handle: (request, response) => subscribe('Telemetry', options, request, response),
    },
    {
      method: 'PUT',
      path: '/2020-08-15/logs',
      handle: (request, response) => subscribe('Logs', options, request, response),
    },
  ];
}

async function subscribe(
  api: TelemetryApiName,
  {settings, telemetry, identify, onSubscribed}: TelemetryApiOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const {bytes} = await readBody(request, bodyLimit);
  const extension = identify(request, response);
  if (!extension) return;
  if (!telemetry.isOpen) {
    return refuse(response, 403, `${api}.SubscriptionClosed`, `${api} API subscription is closed already`);
  }
  const invalid = api === 'Telemetry' ? 'ValidationError' : 'Logs.ValidationError';
  const wanted = parseSubscription(api, bytes, settings);
  if (typeof wanted === 'string') return refuse(response, 400, invalid, wanted);
  const earlier = telemetry.subscribedThrough(extension.name);
  if (earlier && earlier !== api) {
    return refuse(response, 400, invalid, `${extension.name} has subscribed through the ${earlier} API already`);
  }
  if (!earlier) {
    telemetry.subscribe(extension.name, wanted);
    onSubscribed(api, extension.name, wanted.types);
  }
  response.writeHead(200, {'Content-Type': 'application/json'}).end('"OK"');
}
