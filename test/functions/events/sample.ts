import {expect} from 'vitest';

/** An event and what the target makes of it. */
export type Sample = {
  name: string;
  event: unknown;
  status: number;
  type: 'html' | 'json';
  /** What the log calls it. */
  route: string;
  /** What a JSON answer must match, or texts of a page. */
  body: object | string[];
  headers?: Record<string, string>;
};

export const echoRoute = 'POST /api/echo';

/** The body of an answer with an error, and nothing else in it. */
export const error = (code: string) => ({
  error: {code, message: expect.stringMatching(/^[\w ,.'-]+$/), requestId: 'request-1'},
});
