/** What the caller of a failed invocation sees. */
export type ErrorObject = {errorType: string; errorMessage: string; trace: string[]};

/** An error whose `name` is one of Lambda's own types. */
export class RuntimeError extends Error {
  constructor(type: string, message: string) {
    super(message);
    this.name = type;
  }
}

/** Any thrown value as Lambda's Node.js client describes it. */
export function describeError(error: unknown): ErrorObject {
  try {
    if (error instanceof Error || (typeof error === 'object' && error !== null && 'stack' in error)) {
      const {name, message, stack} = error as Error;
      return {errorType: name, errorMessage: message, trace: (stack ?? '').split('\n')};
    }
    return {errorType: typeof error, errorMessage: String(error), trace: []};
  } catch {
    return {errorType: 'handled', errorMessage: 'The thrown value could not be read', trace: []};
  }
}

/** The same with the error's own members, as it is written to the log: a tab, then JSON. */
export function formatError(error: unknown): string {
  const {errorType, errorMessage, trace} = describeError(error);
  const own = error instanceof Error ? Object.fromEntries(Object.entries(error)) : {};
  try {
    return `\t${JSON.stringify({errorType, errorMessage, ...own, stack: trace})}`;
  } catch {
    return `\t${JSON.stringify({errorType, errorMessage, stack: trace})}`;
  }
}
