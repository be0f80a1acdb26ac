import {limitExceeded, malformedPolicy, validationError} from './errors.ts';

const nameSet = /^[\w+=,.@-]+$/;
const pathSet = /^(\/|\/[\u0021-\u007e]+\/)$/;
const descriptionSet = /^[\t\n\r\u0020-\u007e\u00a1-\u00ff]*$/;
const tagSet = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

const matches = (pattern: string) => `Member must satisfy regular expression pattern: ${pattern}`;
const atMost = (length: number) => `Member must have length less than or equal to ${length}`;

export function checkName(name: string, member: 'roleName' | 'policyName'): void {
  const limit = member === 'roleName' ? 64 : 128;
  if (name.length === 0) throw validationError(name, member, 'Member must have length greater than or equal to 1');
  if (name.length > limit) throw validationError(name, member, atMost(limit));
  if (!nameSet.test(name)) throw validationError(name, member, matches('[\\w+=,.@-]+'));
}

export function checkPath(path: string): void {
  if (path.length > 512) throw validationError(path, 'path', atMost(512));
  if (!pathSet.test(path)) throw validationError(path, 'path', matches('(\\u002F)|(\\u002F[\\u0021-\\u007E]+\\u002F)'));
}

export function checkDescription(description: string): void {
  if (description.length > 1000) throw validationError(description, 'description', atMost(1000));
  if (!descriptionSet.test(description)) {
    throw validationError(
      description,
      'description',
      matches('[\\u0009\\u000A\\u000D\\u0020-\\u007E\\u00A1-\\u00FF]*'),
    );
  }
}

/** Seconds. */
export function checkSessionDuration(seconds: number): void {
  const rule = seconds < 3600 ? 'greater than or equal to 3600' : 'less than or equal to 43200';
  if (seconds < 3600 || seconds > 43_200 || !Number.isInteger(seconds)) {
    throw validationError(String(seconds), 'maxSessionDuration', `Member must have value ${rule}`);
  }
}

export type Tag = {Key?: string | undefined; Value?: string | undefined};

/** The tags as they are after `added` are set; throws on bad keys or values and above 50 tags. */
export function withTags(current: ReadonlyMap<string, string>, added: readonly Tag[]): Map<string, string> {
  const result = new Map(current);
  for (const {Key = '', Value = ''} of added) {
    if (Key.length < 1 || Key.length > 128 || !tagSet.test(Key) || /^aws:/i.test(Key)) {
      throw validationError(Key, 'tags.1.member.key', matches('[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+'));
    }
    if (Value.length > 256 || !tagSet.test(Value)) {
      throw validationError(Value, 'tags.1.member.value', matches('[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*'));
    }
    result.set(Key, Value);
  }
  if (result.size > 50) throw limitExceeded('Cannot exceed quota for TagsPerRole: 50');
  return result;
}

type PolicyKind = 'trust' | 'permissions';

/** Throws MalformedPolicyDocument unless the text is a policy of that kind, as far as IAM looks at its form. */
export function checkPolicy(text: string, kind: PolicyKind): void {
  if (text.length > 131_072) throw validationError(text.slice(0, 100), 'policyDocument', atMost(131_072));
  const document = parsed(text);
  const version = document.Version;
  if (version !== undefined && version !== '2012-10-17' && version !== '2008-10-17') {
    throw malformedPolicy('The policy must contain a valid version string');
  }
  if (document.Statement === undefined) throw malformedPolicy('Syntax errors in policy.');
  const statements = [document.Statement].flat();
  if (statements.length === 0) throw malformedPolicy('Syntax errors in policy.');
  for (const statement of statements) checkStatement(statement, kind);
}

function parsed(text: string): Record<string, unknown> {
  try {
    const document: unknown = JSON.parse(text);
    if (typeof document === 'object' && document !== null && !Array.isArray(document)) {
      return document as Record<string, unknown>;
    }
  } catch {
    throw malformedPolicy('This policy contains invalid Json');
  }
  throw malformedPolicy('Syntax errors in policy.');
}

function checkStatement(statement: unknown, kind: PolicyKind): void {
  if (typeof statement !== 'object' || statement === null || Array.isArray(statement)) {
    throw malformedPolicy('Syntax errors in policy.');
  }
  const {Effect, Action, NotAction, Resource, NotResource, Principal} = statement as Record<string, unknown>;
  if (Effect !== 'Allow' && Effect !== 'Deny') throw malformedPolicy('Syntax errors in policy.');
  if (Action === undefined && NotAction === undefined) {
    throw malformedPolicy('Policy statement must contain actions.');
  }
  if (kind === 'permissions' && Resource === undefined && NotResource === undefined) {
    throw malformedPolicy('Policy statement must contain resources.');
  }
  if (kind === 'permissions' && Principal !== undefined) {
    throw malformedPolicy('Policy document should not specify a principal.');
  }
  if (kind === 'trust' && (Resource !== undefined || NotResource !== undefined)) {
    throw malformedPolicy('Has prohibited field Resource');
  }
  if (kind === 'trust' && Principal === undefined) {
    throw malformedPolicy('AssumeRolePolicy must contain a principal.');
  }
  if (kind === 'trust' && Principal !== '*' && (typeof Principal !== 'object' || Principal === null)) {
    throw malformedPolicy('Invalid principal in policy');
  }
}
