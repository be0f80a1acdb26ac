/** After a timeout or a failure Lambda resets an environment instead of ending it, and may let it serve again. */
export const isResetReason = (reason: string): boolean => reason === 'timeout' || reason === 'failure';
