/**
 * How well `text` fits what was typed, higher is better; undefined where its letters are not in it in that order. Beginnings
 * of words and letters in a row count most, and of two that fit alike the shorter wins. Case does not matter.
 */
export function fuzzyScore(typed: string, text: string): number | undefined {
  const wanted = typed.toLowerCase().replaceAll(' ', '');
  const small = text.toLowerCase();
  let score = 0;
  let from = 0;
  let last = -2;
  for (const letter of wanted) {
    const at = bestPlace(small, letter, from, last);
    if (at < 0) return undefined;
    if (at === last + 1) score += 8;
    if (isBeginning(small, at)) score += 6;
    score += 1;
    last = at;
    from = at + 1;
  }
  return score * 100 - text.length;
}

/** The next letter in a row where there is one, else the next beginning of a word, else the next at all. */
function bestPlace(text: string, letter: string, from: number, last: number): number {
  if (text[last + 1] === letter && last >= 0) return last + 1;
  const first = text.indexOf(letter, from);
  for (let at = first; at >= 0; at = text.indexOf(letter, at + 1)) if (isBeginning(text, at)) return at;
  return first;
}

const isBeginning = (text: string, at: number) => at === 0 || /[\s-]/.test(text[at - 1]!);
