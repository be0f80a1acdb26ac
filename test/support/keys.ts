/** What a terminal sends for them. */
export const enter = '\r';
export const escapeKey = '\x1b';
export const up = '\x1b[A';
export const down = '\x1b[B';
