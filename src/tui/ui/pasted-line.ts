import {safeLine} from '../presentation/safe-line.ts';

/** Pasted text as one line that can be typed: where it had line ends there is a space, and nothing that is not printed. */
export const pastedLine = (text: string): string => safeLine(text.trim().replace(/\s*[\r\n]\s*/g, ' '));
