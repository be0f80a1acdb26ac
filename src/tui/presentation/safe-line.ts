import {sanitizeLine} from '../../text/sanitize.ts';

/** What joins or looks different by what stands before or after it: terminals disagree on how many cells it takes. */
const joining = /\u00ad|\u20e3|\u200c|\u200d|[\ufe00-\ufe0f]|[\u{1f3fb}-\u{1f3ff}]/gu;

/** Text of others on one line: safe to print, and as wide on every terminal as it is measured here. */
export const safeLine = (text: string): string => sanitizeLine(text).replace(joining, '');
