import xterm from '@xterm/headless';
import {afterEach, expect, test} from 'vitest';
import {terminalToSvg} from '../support/terminal-to-svg.ts';

let screen: xterm.Terminal;
afterEach(() => screen.dispose());

async function drawn(text: string): Promise<string> {
  screen = new xterm.Terminal({cols: 20, rows: 3, allowProposedApi: true, convertEol: true});
  await new Promise<void>(resolve => screen.write(text, resolve));
  return terminalToSvg(screen, 'a <title>');
}

test('text sits on the cell grid with its colour and weight', async () => {
  const svg = await drawn('ab\x1b[1;38;2;1;2;3mcd\x1b[0m\nsecond');
  expect(svg).toContain('<text x="14" y="53" textLength="18" lengthAdjust="spacingAndGlyphs" fill="#d5dbe3">ab</text>');
  expect(svg).toContain(
    '<text x="32" y="53" textLength="18" lengthAdjust="spacingAndGlyphs" fill="#010203" font-weight="bold">cd</text>',
  );
  expect(svg).toMatch(/<text x="14" y="73"[^>]*>second/);
});

test('inverse cells swap colours, and palette colours are looked up', async () => {
  const svg = await drawn('\x1b[31;7mx\x1b[0m\x1b[38;5;196my');
  expect(svg).toContain('<rect x="14" y="38" width="9" height="20" fill="#ff7b72"/>');
  expect(svg).toMatch(/fill="#ff0000"[^>]*>y/);
});

test('what would be markup is escaped, and the document is one element', async () => {
  const svg = await drawn(`<a href='"&'>`);
  expect(svg).toContain('&lt;a href=&apos;&quot;&amp;&apos;&gt;');
  expect(svg).toContain('a &lt;title&gt;');
  expect(svg.match(/<svg /g)).toHaveLength(1);
  expect(svg.trimEnd().endsWith('</svg>')).toBe(true);
});

test('on a light background the palette is that of a light terminal', async () => {
  screen = new xterm.Terminal({cols: 20, rows: 3, allowProposedApi: true});
  await new Promise<void>(resolve => screen.write('a\x1b[31mb', resolve));
  const svg = terminalToSvg(screen, 'title', 'light');
  expect(svg).toContain('fill="#ffffff"');
  expect(svg).toMatch(/fill="#1f2328"[^>]*>a/);
  expect(svg).toMatch(/fill="#cf222e"[^>]*>b/);
});
