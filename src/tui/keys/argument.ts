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

export const anyText = (shown: string): Argument => ({shown, misfit: () => undefined});
