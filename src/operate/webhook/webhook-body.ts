/** What the extension tells a webhook, as far as a receiver needs it. */
export type WebhookBody = {eventId: string; eventType: 'INVOKE' | 'SHUTDOWN'; environmentId: string; requestId: string};

const longest = {event_id: 128, environment_id: 128, request_id: 128, function_name: 256, shutdown_reason: 64};
const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/;

/** Reads a body that anyone may have sent: `400` when it is no JSON object, `422` when a member is missing or of no use. */
export function readWebhookBody(text: string): WebhookBody | 400 | 422 {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return 400;
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return 400;
  const given = body as Record<string, unknown>;
  for (const [name, most] of Object.entries(longest)) {
    const value = Object.hasOwn(given, name) ? given[name] : undefined;
    if (typeof value !== 'string' || value === '' || value.length > most) return 422;
  }
  const {timestamp, event_type: eventType} = given;
  if (typeof timestamp !== 'string' || !time.test(timestamp) || Number.isNaN(Date.parse(timestamp))) return 422;
  if (eventType !== 'INVOKE' && eventType !== 'SHUTDOWN') return 422;
  const {event_id, environment_id, request_id} = given as Record<keyof typeof longest, string>;
  return {eventId: event_id, eventType, environmentId: environment_id, requestId: request_id};
}
