import {randomUUID} from 'node:crypto';

/** One statement of a function's resource policy, as AWS writes it. */
export type Statement = {
  Sid: string;
  Effect: 'Allow';
  Principal: '*' | {Service: string} | {AWS: string};
  Action: string;
  Resource: string;
  Condition?: {ArnLike?: Record<string, string>; StringEquals?: Record<string, string>};
};

export type Policy = {statements: Statement[]; revisionId: string};

/** Who asks, and on behalf of what: `apigateway.amazonaws.com` with a method's ARN. */
export type Source = {principal: string; arn: string};

export const emptyPolicy = (): Policy => ({statements: [], revisionId: randomUUID()});

export const policyDocument = (policy: Policy): string =>
  JSON.stringify({Version: '2012-10-17', Id: 'default', Statement: policy.statements});

/** Whether some statement lets the source invoke the function. */
export const allowsInvoke = (policy: Policy | undefined, source: Source): boolean =>
  policy?.statements.some(statement => allows(statement, source)) ?? false;

function allows(statement: Statement, source: Source): boolean {
  const {Principal: principal, Condition: condition} = statement;
  if (principal !== '*' && !('Service' in principal && principal.Service === source.principal)) return false;
  if (!['lambda:InvokeFunction', 'lambda:*', '*'].includes(statement.Action)) return false;
  const sourceArn = condition?.ArnLike?.['AWS:SourceArn'];
  if (sourceArn !== undefined && !arnLike(sourceArn, source.arn)) return false;
  return Object.entries(condition?.StringEquals ?? {}).every(
    ([key, value]) => key === 'AWS:SourceAccount' && value === source.arn.split(':')[4],
  );
}

/** IAM's ArnLike: each of the six colon-separated parts is matched on its own, with `*` and `?`; the sixth may hold colons. */
export function arnLike(pattern: string, arn: string): boolean {
  const [patterns, parts] = [sixParts(pattern), sixParts(arn)];
  if (patterns.length !== 6 || parts.length !== 6) return pattern === '*';
  return patterns.every((part, index) => glob(part, parts[index] ?? ''));
}

const sixParts = (arn: string) => {
  const parts = arn.split(':');
  return parts.length <= 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(':')];
};

/** Linear in the texts' product: no regular expression, so no pattern can make it backtrack for long. */
function glob(pattern: string, text: string): boolean {
  let [at, inPattern, star, resume] = [0, 0, -1, 0];
  while (at < text.length) {
    const wanted = pattern[inPattern];
    if (wanted === '*') {
      star = inPattern++;
      resume = at;
    } else if (wanted === '?' || wanted === text[at]) {
      at++;
      inPattern++;
    } else if (star >= 0) {
      inPattern = star + 1;
      at = ++resume;
    } else {
      return false;
    }
  }
  return /^\**$/.test(pattern.slice(inPattern));
}
