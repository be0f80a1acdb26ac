import type {Route} from './router.ts';
import {answerEcho} from './routes/echo.ts';
import {answerHealth} from './routes/health.ts';
import {answerHello} from './routes/hello.ts';
import {answerVersion} from './routes/version.ts';

/** What the target answers by HTTP. */
export const routes: readonly Route[] = [
  {method: 'GET', path: '/hello', answer: answerHello},
  {method: 'GET', path: '/info/version', answer: answerVersion},
  {method: 'GET', path: '/info/health', answer: answerHealth},
  {method: 'POST', path: '/api/echo', answer: answerEcho},
];
