import {isKeptEnd, type KeptEnd, newestEnds} from '../../lifecycle/kept-end.ts';

/** Reads what is in a file of kept ends; entries that make no sense are left out. Undefined for any other text. */
export function parseEnds(text: string): readonly KeptEnd[] | undefined {
  try {
    const {ends} = JSON.parse(text) as {ends: unknown[]};
    return newestEnds(ends.filter(isKeptEnd));
  } catch {
    return undefined;
  }
}

export const endsText = (ends: readonly KeptEnd[]): string =>
  `${JSON.stringify({version: 1, ends: newestEnds(ends)})}\n`;
