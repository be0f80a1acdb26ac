import {Box} from 'ink';
import {useContext} from 'react';
import {GlyphsContext} from '../glyphs-context.ts';
import {asciiKeys} from '../keys/shown-key.ts';
import {framed} from './border.ts';
import type {Line} from './line.ts';
import {Lines} from './lines.tsx';

export type OverlayProps = {
  title: string;
  right: Line;
  hint?: Line;
  rows: readonly Line[];
  /** At most; the whole screen on small ones. */
  width: number;
  size: {columns: number; rows: number};
};

/** A box in the middle of the screen, over everything. */
export function Overlay({title, right, hint = [], rows, width, size}: OverlayProps) {
  const boxWidth = Math.min(width, size.columns);
  const height = Math.min(rows.length + 2, size.rows);
  const inKeys = useContext(GlyphsContext) === 'unicode' ? (line: Line) => line : withAsciiKeys;
  const lines = framed({
    ...{width: boxWidth, height, title, focused: true},
    right: inKeys(right),
    hint: inKeys(hint),
    rows: rows.map(inKeys),
  });
  return (
    <Box
      position="absolute"
      left={Math.floor((size.columns - boxWidth) / 2)}
      top={Math.max(0, Math.floor((size.rows - height) / 2.5))}
    >
      <Lines lines={lines} />
    </Box>
  );
}

/** Keys in words where their signs cannot be drawn, before the frame is laid out: words are longer. */
const withAsciiKeys = (line: Line): Line =>
  line.map(one =>
    one.text.trim() === '↵'
      ? {...one, text: one.text.replace(/↵ {0,4}/, sign => asciiKeys('↵').padEnd(sign.length))}
      : one,
  );
