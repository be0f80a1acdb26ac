import {type Output, styled} from '../output.ts';

export type Story = {
  title(text: string, explanation: string): void;
  section(text: string): void;
  note(text: string): void;
  /** Shows one checked fact and returns whether it holds. */
  proof(what: string, holds: boolean, found: string): boolean;
};

const width = 78;

/** How the demo speaks: numbered sections, notes in a quiet voice, facts with a tick. */
export function createStory(output: Output): Story {
  let number = 0;
  const quietly = (text: string): void => {
    for (const line of wrap(text, width)) output.line('  ', styled('dim', line));
  };
  return {
    title: (text, explanation) => {
      output.line(styled('bold', text));
      for (const line of wrap(explanation, width)) output.line(line);
    },
    section: text => {
      number += 1;
      output.line();
      output.line(styled('bold', `${number}  ${text}`));
    },
    note: quietly,
    proof: (what, holds, found) => {
      output.line('  ', holds ? styled('green', '✓') : styled('red', '✕'), ` ${what.padEnd(11)}`, styled('dim', found));
      return holds;
    },
  };
}

function wrap(text: string, limit: number): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const last = lines.at(-1)!;
    if (last !== '' && last.length + 1 + word.length > limit) lines.push(word);
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
  }
  return lines;
}
