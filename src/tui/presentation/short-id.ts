import {safeLine} from './safe-line.ts';

/** The first six characters of an environment's id, `–` for none. */
export const shortId = (id: string | undefined): string =>
  id === undefined || id === '' ? '–'.padEnd(6) : safeLine(id).slice(0, 6).padEnd(6);
