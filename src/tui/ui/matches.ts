const longestLine = 2_000;

/** A filter as typed: a leading `!` inverts it, and it is a regular expression where it is a valid one. Case is ignored. */
export function matcher(filter: string): (text: string) => boolean {
  const inverted = filter.startsWith('!');
  const pattern = inverted ? filter.slice(1) : filter;
  if (pattern === '') return () => true;
  const test = tester(pattern);
  return inverted ? text => !test(text) : test;
}

function tester(pattern: string): (text: string) => boolean {
  const small = pattern.toLowerCase();
  const literal = (text: string) => text.toLowerCase().includes(small);
  // A repeated group can take exponential time, and log lines are written by others: such patterns are taken literally.
  if (/\)[*+{]/.test(pattern)) return literal;
  try {
    const expression = new RegExp(pattern, 'i');
    return text => expression.test(text.slice(0, longestLine));
  } catch {
    return literal;
  }
}
