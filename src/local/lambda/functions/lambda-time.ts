/** A time as Lambda writes it in strings: `2026-11-20T12:00:00.000+0000`. */
export const lambdaTime = (date: Date): string => date.toISOString().replace('Z', '+0000');
