import type {LambdaClient} from '@aws-sdk/client-lambda';
import {isLive} from '../../lifecycle/environment.ts';
import type {LifecycleEvent} from '../../lifecycle/event.ts';
import {message} from '../../lifecycle/message.ts';
import type {AnswerMessage, RequestMessage, ShutdownMessage} from '../../lifecycle/session-message.ts';
import {forceShutdown} from '../force-shutdown.ts';
import {isFailed} from '../is-failed.ts';
import {fireRequests} from '../requests/fire.ts';
import type {SessionCore} from './session-core.ts';
import type {Session} from './session-state.ts';

type OrdersOptions = {
  core: SessionCore;
  lambda: LambdaClient;
  functionName: string;
  apiUrl: string;
  authToken?: string;
  /** The session's end is the end of every order. */
  signal: AbortSignal;
  clockOffsetMs(): number;
  /** Hears of the answers' Date headers. */
  onDate(date: Date | undefined, sentAt: number, receivedAt: number): void;
  /** Called when something is sent or answered: there is more to come. */
  onActivity(): void;
  /** Hears of every lifecycle event. Returns the unsubscriber. */
  onEvent(listener: (event: LifecycleEvent) => void): () => void;
};

/** What a session can be told to do; all that comes of it goes through its core. */
export function createSessionOrders(options: OrdersOptions): Pick<Session, 'fire' | 'forceShutdown'> {
  const {core, lambda, functionName, apiUrl, authToken, signal, clockOffsetMs, onDate, onActivity, onEvent} = options;
  const {now, take} = core;
  let nextKey = 0;

  return {
    fire: async (request, {stop, onProgress} = {}) => {
      onActivity();
      const keys = new Map<number, number>();
      const progress = {sent: 0, answered: 0, skipped: 0, failed: 0, cold: 0};
      const tell = (): void => onProgress?.({...progress});
      await fireRequests({
        apiUrl,
        lambda,
        functionName,
        request,
        ...(authToken !== undefined && {authToken}),
        ...(stop && {stop}),
        signal,
        onDate,
        onSent: key => {
          keys.set(key, nextKey);
          const {sleepMs, via} = request;
          take([
            message<RequestMessage>({
              type: 'request',
              key: nextKey,
              sentAt: now(),
              ...(sleepMs && {sleepMs}),
              ...(via === 'invoke' && {via}),
            }),
          ]);
          nextKey += 1;
          if (key === 0) core.flush();
          progress.sent += 1;
          tell();
        },
        onResponse: (response, key) => {
          onActivity();
          take([{...response, key: keys.get(key)!} satisfies AnswerMessage]);
          keys.delete(key);
          progress.answered += 1;
          if (isFailed(response)) progress.failed += 1;
          if (response.cold) progress.cold += 1;
          tell();
        },
        onSkipped: () => {
          progress.skipped += 1;
          tell();
        },
      });
    },
    forceShutdown: async (request, giveUp) => {
      const live = core.environments().list.filter(isLive);
      const expected = live.filter(one => request.how === 'update' || one.state === 'idle').map(one => one.id);
      onActivity();
      const tell = (said: ShutdownMessage): void => {
        take([said]);
        core.flush();
      };
      tell(message({type: 'shutdown', status: 'ordered', startedAt: now(), expected, ...request}));
      try {
        return await forceShutdown({
          lambda,
          functionName,
          request,
          expected,
          clockOffsetMs,
          onEvent,
          onSeen: seen => tell(message({type: 'shutdown', status: 'seen', ...seen})),
          signal,
          ...(giveUp && {giveUp}),
        });
      } finally {
        const gaveUp = giveUp?.aborted === true;
        tell(message({type: 'shutdown', status: 'finished', ...(gaveUp && {gaveUp})}));
      }
    },
  };
}
