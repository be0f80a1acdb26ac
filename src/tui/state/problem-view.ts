import {safeLine} from '../presentation/safe-line.ts';

/** What failed, the details, how to solve it, and the next command; safe to print. */
export type ProblemView = {title: string; details?: string; solution?: string; next?: string};

/** Reads whatever was thrown. A `Problem` brings its own words; anything else says what it says. */
export function problemView(error: unknown): ProblemView {
  if (typeof error !== 'object' || error === null) return {title: safeLine(String(error))};
  const {title, message, details, solution, next} = error as Record<string, unknown>;
  return {
    title: said(title) ?? said(message) ?? 'Something failed without saying why.',
    ...member('details', details),
    ...member('solution', solution),
    ...member('next', next),
  };
}

const said = (text: unknown) => (typeof text === 'string' && text !== '' ? safeLine(text) : undefined);
const member = (name: 'details' | 'solution' | 'next', text: unknown) => {
  const words = said(text);
  return words === undefined ? {} : {[name]: words};
};
