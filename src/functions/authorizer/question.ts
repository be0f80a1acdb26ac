/** What an authorizer is asked. */
export type Question = {
  /** What the answer has to be: a policy, or the simple response. */
  format: 'policy' | '2.0';
  /** The ARN of the method or route; undefined when the event names none. */
  resource: string | undefined;
  /** What the caller may have sent as a token. */
  tokens: string[];
};

/** Of a method in an API, not of a pattern that stands for many APIs. */
const methodArn = /^arn:[\w-]+:execute-api:[\w-]+:\d{12}:\w+\/./;

/** Reads the event of an authorizer of type TOKEN or REQUEST, or of payload format 2.0; anything else asks nothing. */
export function readQuestion(event: unknown): Question {
  const {version, type, methodArn: ofMethod, routeArn, ...rest} = record(event);
  if (version === '2.0') return {format: '2.0', resource: arn(routeArn), tokens: sent(rest)};
  const resource = type === 'TOKEN' || type === 'REQUEST' ? arn(ofMethod) : undefined;
  const tokens = type === 'TOKEN' ? texts([rest.authorizationToken]) : sent(rest);
  return {format: 'policy', resource, tokens};
}

/** The Authorization header, and in payload format 2.0 the values of the identity sources. */
function sent({headers, identitySource}: Record<string, unknown>): string[] {
  const authorization = Object.entries(record(headers)).filter(([name]) => name.toLowerCase() === 'authorization');
  return texts([...authorization.map(([, value]) => value), ...(Array.isArray(identitySource) ? identitySource : [])]);
}

function arn(value: unknown): string | undefined {
  return typeof value === 'string' && methodArn.test(value) ? value : undefined;
}

function texts(values: unknown[]): string[] {
  return values.filter(value => typeof value === 'string');
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
