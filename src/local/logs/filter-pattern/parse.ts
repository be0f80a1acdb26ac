import {constraint, invalidParameter} from '../errors.ts';
import {readColumnsPattern} from './columns-pattern.ts';
import {Cursor, refusePattern} from './cursor.ts';
import {readJsonPattern} from './json-pattern.ts';
import {compileRegex, type Finder} from './regex.ts';
import {readTermsPattern} from './terms-pattern.ts';

/** Whether a log line passes. */
export type Matches = (message: string) => boolean;

const maxRegexes = 2;

/**
 * CloudWatch's filter patterns: terms, `{JSON conditions}` and `[columns]`; an empty one lets everything pass.
 * Throws InvalidParameterException on a pattern that AWS refuses.
 */
export function parseFilterPattern(pattern: string): Matches {
  if (pattern.length > 1024) {
    throw constraint(pattern, 'filterPattern', 'Member must have length less than or equal to 1024');
  }
  const trimmed = pattern.trim();
  const compile = countedCompile();
  if (trimmed.startsWith('{')) {
    if (!trimmed.endsWith('}')) throw invalidParameter("If a filter pattern starts with '{' it must end with '}'");
    return whole(new Cursor(trimmed.slice(1, -1)), cursor => readJsonPattern(cursor, compile));
  }
  if (trimmed.startsWith('[')) {
    if (!/^\[.*\S.*\]$/s.test(trimmed)) refusePattern();
    return whole(new Cursor(trimmed.slice(1, -1)), cursor => readColumnsPattern(cursor, compile));
  }
  return readTermsPattern(new Cursor(trimmed), compile);
}

/** The pattern has to end where the reading ends. */
function whole(cursor: Cursor, read: (cursor: Cursor) => Matches): Matches {
  const matches = read(cursor);
  cursor.skipSpaces();
  return cursor.atEnd ? matches : refusePattern();
}

/** A pattern may hold two regular expressions. */
function countedCompile(): (source: string) => Finder {
  let count = 0;
  return source => {
    count += 1;
    return count > maxRegexes ? refusePattern() : compileRegex(source);
  };
}
