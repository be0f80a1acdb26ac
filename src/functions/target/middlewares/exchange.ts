import type {MiddlewareObj} from '@middy/core';
import type {Context} from 'aws-lambda';
import type {Answer} from '../answer.ts';
import type {Seen} from '../environment.ts';

/** What the middlewares of one invocation share. */
type Exchange = {
  /** By the monotonic clock. */
  startedAt: number;
  seen: Seen;
  /** `GET /hello`, `direct`, or `none`. */
  route: string;
};

export type TargetMiddleware = MiddlewareObj<unknown, Answer, Error, Context, Exchange>;
