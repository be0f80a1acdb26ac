export type Size = {columns: number; rows: number};

export const large: Size = {columns: 120, rows: 40};
/** What terminals open with. */
export const usual: Size = {columns: 80, rows: 24};
/** The smallest one that the app draws on. */
export const small: Size = {columns: 60, rows: 16};

/** As the names of golden frames have it. */
export const sizeName = ({columns, rows}: Size): string => `${columns}x${rows}`;
