export type Decision = 'allow' | 'explicit deny' | 'implicit deny';

/**
 * Evaluates an authorizer's policy for one method ARN: a Deny wins, and what nothing allows is denied.
 * Conditions are not evaluated: a Deny with one counts, an Allow with one does not. Undefined for a malformed policy.
 */
export function decide(document: unknown, methodArn: string): Decision | undefined {
  const statements = statementsOf(document);
  if (!statements) return undefined;
  const matching = statements.filter(statement => statement.covers('execute-api:Invoke', methodArn));
  if (matching.some(({effect}) => effect === 'Deny')) return 'explicit deny';
  return matching.some(({effect, conditional}) => effect === 'Allow' && !conditional) ? 'allow' : 'implicit deny';
}

type Statement = {
  effect: 'Allow' | 'Deny';
  conditional: boolean;
  covers(action: string, resource: string): boolean;
};

function statementsOf(document: unknown): Statement[] | undefined {
  if (!isObject(document)) return undefined;
  const all = listOf(document.Statement).map(readStatement);
  return all.length > 0 && all.every(statement => statement !== undefined) ? all : undefined;
}

function readStatement(value: unknown): Statement | undefined {
  if (!isObject(value)) return undefined;
  const {Effect, Action, NotAction, Resource, NotResource, Condition} = value;
  if (Effect !== 'Allow' && Effect !== 'Deny') return undefined;
  const action = matcher(Action, NotAction, true);
  const resource = matcher(Resource, NotResource, false);
  if (!action || !resource) return undefined;
  return {
    effect: Effect,
    conditional: isObject(Condition) && Object.keys(Condition).length > 0,
    covers: (wantedAction, wantedResource) => action(wantedAction) && resource(wantedResource),
  };
}

/** Exactly one of the two must be there, a text or a list of texts. */
function matcher(yes: unknown, no: unknown, ignoreCase: boolean): ((text: string) => boolean) | undefined {
  if ((yes === undefined) === (no === undefined)) return undefined;
  const patterns = listOf(yes ?? no);
  if (patterns.length === 0 || !patterns.every(pattern => typeof pattern === 'string')) return undefined;
  const fits = (text: string) => patterns.some(pattern => matchesWildcards(pattern, text, ignoreCase));
  return yes === undefined ? text => !fits(text) : fits;
}

/** `*` stands for any characters, `?` for one. */
export function matchesWildcards(pattern: string, text: string, ignoreCase = false): boolean {
  const [wanted, given] = ignoreCase ? [pattern.toLowerCase(), text.toLowerCase()] : [pattern, text];
  // By hand: as a regular expression, a pattern of many stars would take exponential time.
  let [at, star, resume] = [0, -1, 0];
  for (let read = 0; read < given.length; ) {
    if (wanted[at] === '*') {
      [star, resume] = [at, read];
      at += 1;
    } else if (wanted[at] === '?' || wanted[at] === given[read]) {
      at += 1;
      read += 1;
    } else if (star >= 0) {
      resume += 1;
      [at, read] = [star + 1, resume];
    } else {
      return false;
    }
  }
  return /^\**$/.test(wanted.slice(at));
}

function listOf(value: unknown): unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
