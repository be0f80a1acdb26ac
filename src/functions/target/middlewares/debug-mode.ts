import {withSecretsHidden} from '../raw-event.ts';
import type {TargetMiddleware} from './exchange.ts';

/** With LIFECYCLE_DEBUG the log has the event as it came, but for secrets, and every answer says so. */
export function debugMode({LIFECYCLE_DEBUG}: NodeJS.ProcessEnv): TargetMiddleware[] {
  if (LIFECYCLE_DEBUG !== '1' && LIFECYCLE_DEBUG !== 'true') return [];
  const add: NonNullable<TargetMiddleware['after']> = ({response}) => {
    Object.assign(response?.headers ?? {}, {'X-Debug-Mode': 'true'});
  };
  return [
    {
      before: ({event, context}) => {
        const line = {level: 'DEBUG', message: 'Raw event', requestId: context.awsRequestId};
        console.log(JSON.stringify({...line, event: withSecretsHidden(event)}));
      },
      after: add,
      onError: add,
    },
  ];
}
