import {isRecord} from './members.ts';
import {hidden, isSecret} from './secrets.ts';

const deepest = 16;

/** A copy of an event for the log: members of secret names are hidden, at any depth, and so is what a body may hold. */
export function withSecretsHidden(value: unknown, depth = 0): unknown {
  if (depth === deepest) return '(nested deeper)';
  if (Array.isArray(value)) return value.map(each => withSecretsHidden(each, depth + 1));
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, shown(name, member, depth)]));
}

function shown(name: string, member: unknown, depth: number): unknown {
  // None of what is empty is secret, and that it is empty may be what is looked for.
  if (member === null || member === '') return member;
  if (isSecret(name)) return hidden;
  if (name === 'body') return typeof member === 'string' ? `(${member.length} characters)` : hidden;
  if (name === 'rawQueryString') return queryWithSecretsHidden(String(member));
  return withSecretsHidden(member, depth + 1);
}

function queryWithSecretsHidden(query: string): string {
  return query
    .split('&')
    .map(pair => {
      const [name = ''] = pair.split('=');
      return isSecret(name) ? `${name}=${hidden}` : pair;
    })
    .join('&');
}
