/** One IAM role. Documents are JSON text, as they were given. */
export type Role = {
  name: string;
  id: string;
  arn: string;
  path: string;
  /** Whole seconds, as AWS shows it. */
  createdAt: Date;
  /** Epoch ms. */
  madeAt: number;
  /** A role of this name was there before. */
  remembered: boolean;
  trust: string;
  description?: string;
  /** Seconds. */
  maxSessionDuration: number;
  tags: Map<string, string>;
  /** Inline policies: name to document. */
  inline: Map<string, string>;
  /** ARNs of managed policies. */
  attached: Set<string>;
};

/** True when the trust policy lets Lambda assume the role. */
export function trustsLambda(role: Role): boolean {
  const document = JSON.parse(role.trust) as {Statement: unknown};
  return [document.Statement].flat().some(statement => allowsLambda(statement as TrustStatement));
}

type TrustStatement = {Effect?: unknown; Action?: unknown; Principal?: {Service?: unknown} | '*'};

function allowsLambda({Effect, Action, Principal}: TrustStatement): boolean {
  const actions = [Action].flat();
  const services = typeof Principal === 'object' ? [Principal.Service].flat() : [];
  const mayAssume = actions.some(action => action === 'sts:AssumeRole' || action === 'sts:*' || action === '*');
  return Effect === 'Allow' && mayAssume && services.includes('lambda.amazonaws.com');
}

/** True when an inline policy denies the creation of log groups. */
export function deniesLogGroups(role: Role): boolean {
  const covering = ['logs:CreateLogGroup', 'logs:*', '*'];
  return [...role.inline.values()]
    .flatMap(document => [(JSON.parse(document) as {Statement: unknown}).Statement].flat())
    .map(statement => statement as {Effect?: unknown; Action?: unknown})
    .some(({Effect, Action}) => Effect === 'Deny' && [Action].flat().some(action => covering.includes(String(action))));
}
