const graphemes = new Intl.Segmenter(undefined, {granularity: 'grapheme'});
const longest = 200;

/** The text after a key: printable input is appended, backspace takes the last grapheme, ctrl+u all. */
export function editText(text: string, key: string): string {
  if (key === 'backspace' || key === 'delete') {
    return [...graphemes.segment(text)]
      .slice(0, -1)
      .map(({segment}) => segment)
      .join('');
  }
  if (key === 'ctrl+u') return '';
  const printable = key === 'space' ? ' ' : [...graphemes.segment(key)].length === 1 ? key : '';
  return addText(text, printable);
}

/** The text with more behind it, as far as there is room. */
export const addText = (text: string, more: string): string => (text + more).slice(0, longest);
