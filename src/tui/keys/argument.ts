/** What may be typed after a binding's name in the command palette. */
export type Argument = {
  /** How it is written: `N`, `light|dark`. */
  shown: string;
  /** The only ones there are. */
  choices?: readonly string[];
  /** Why what was typed does not fit, in words for the user. */
  misfit(text: string): string | undefined;
};

export const oneOf = (choices: readonly string[]): Argument => ({
  shown: choices.join('|'),
  choices,
  misfit: text => (choices.includes(text) ? undefined : `takes ${choices.join(', ')}`),
});

export const wholeNumber = (least: number, most: number): Argument => ({
  shown: 'N',
  misfit: text =>
    /^\d{1,6}$/.test(text) && Number(text) >= least && Number(text) <= most
      ? undefined
      : `takes a whole number from ${least} to ${most}`,
});

export const someNumber = (least: number, most: number): Argument => ({
  shown: 'N',
  misfit: text =>
    /^\d{1,6}(?:\.\d{1,3})?$/.test(text) && Number(text) >= least && Number(text) <= most
      ? undefined
      : `takes a number from ${least} to ${most}`,
});

/** The name of a file that is to be made in the current folder, and nowhere else. */
export const fileName: Argument = {
  shown: 'FILE',
  misfit: text =>
    /^[^./\\\p{C}][^/\\\p{C}]{0,99}$/u.test(text) ? undefined : 'takes the name of a file, without a folder',
};

export const anyText = (shown: string): Argument => ({shown, misfit: () => undefined});
