import {invalidParameter} from './errors.ts';

/** Whether a log line passes. */
export type Matches = (message: string) => boolean;

type Term = {text: string; sign: '' | '?' | '-'};

const termForm = /\s*([?-]?)(?:"((?:[^"\\]|\\.)*)"|(\w+))(?=\s|$)/y;

/**
 * CloudWatch's unstructured filter patterns: every plain term has to be in the line, no `-term` may be, of `?term`s one is
 * enough; they count only among themselves, as on AWS. Terms of other characters than letters, digits and _ need quotes.
 * Patterns for JSON, columns and regular expressions are refused.
 */
export function parseFilterPattern(pattern: string): Matches {
  if (pattern.length > 1024) throw invalidParameter('Filter patterns have at most 1024 characters.');
  const trimmed = pattern.trim();
  if (/^[{[%]/.test(trimmed)) {
    throw invalidParameter('Invalid filter pattern: the embedded CloudWatch Logs takes terms and "quoted terms" only.');
  }
  return matcherOf(termsOf(trimmed));
}

function termsOf(pattern: string): Term[] {
  const terms: Term[] = [];
  termForm.lastIndex = 0;
  while (termForm.lastIndex < pattern.length) {
    const found = termForm.exec(pattern);
    if (!found) throw invalidParameter('Invalid filter pattern');
    const text = found[2]?.replace(/\\(.)/g, '$1') ?? found[3] ?? '';
    terms.push({text, sign: found[1] as Term['sign']});
  }
  return terms;
}

function matcherOf(terms: readonly Term[]): Matches {
  const texts = (sign: Term['sign']) => terms.filter(term => term.sign === sign).map(term => term.text);
  const [plain, optional, excluded] = [texts(''), texts('?'), texts('-')];
  if (plain.length === 0 && excluded.length === 0 && optional.length > 0) {
    return message => optional.some(text => message.includes(text));
  }
  return message => plain.every(text => message.includes(text)) && !excluded.some(text => message.includes(text));
}
