import {type Answer, jsonAnswer} from '../answer.ts';
import {readBody} from '../body.ts';
import {hidden, withoutSecrets} from '../secrets.ts';
import type {HttpVisit} from '../visit.ts';

const hide = (values: string[]) => values.map(() => hidden);

/**
 * POST /api/echo: the request as the function sees it. No cookie's value is told: a script on a page could else read those
 * that are kept from it.
 */
export function answerEcho({request, requestId}: HttpVisit): Answer {
  const {method, path, query, headers, cookies, isBase64Encoded, eventVersion} = request;
  return jsonAnswer({
    ...{method, path, eventVersion, requestId},
    query: withoutSecrets(query, hide),
    headers: withoutSecrets(headers, hide),
    cookies: Object.fromEntries(Object.entries(cookies).map(([name, values]) => [name, hide(values)])),
    isBase64Encoded,
    body: readBody(request),
  });
}
