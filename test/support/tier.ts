/** Whether the exhaustive tier repeats what the fast one runs: then tables run with all their rows. */
export const isExhaustive = process.env.LIFECYCLE_TIER === 'exhaustive';
