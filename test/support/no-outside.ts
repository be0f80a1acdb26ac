/** An app's ways out of the terminal, leading nowhere. */
export const noOutside = {
  copy: async () => ({way: 'nowhere', sure: true}),
  save: async () => './nothing',
  suspend: () => {},
};
