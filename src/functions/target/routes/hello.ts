import {type Answer, htmlAnswer} from '../answer.ts';
import {expectedEnd} from '../expected-end.ts';
import {page} from '../page.ts';
import type {HttpRequest} from '../request.ts';
import {hidden, withoutSecrets} from '../secrets.ts';
import type {Visit} from '../visit.ts';

/** GET /hello, and a direct Invoke: a page of what is known of the environment and of the request. */
export function answerHello(visit: Visit<Pick<HttpRequest, 'headers' | 'authorizer'>>): Answer {
  const {request, variables} = visit;
  const headers = Object.entries(withoutSecrets(request.headers, values => values.map(() => hidden)));
  return htmlAnswer(
    page({
      ...visit,
      end: expectedEnd(variables),
      headers: Object.fromEntries(headers.map(([name, values]) => [name, values.join(', ')])),
      authorizer: withoutSecrets(request.authorizer, () => hidden),
    }),
  );
}
