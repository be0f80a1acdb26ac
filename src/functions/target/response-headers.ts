import {createHash} from 'node:crypto';
import {style} from './page.ts';

const styleHash = createHash('sha256').update(style).digest('base64');

/** Nothing may run, load, frame or be cached; the page's one style sheet is named by its digest. */
export const pageHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};
