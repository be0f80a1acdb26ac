import {Box, Transform, useIsScreenReaderEnabled} from 'ink';
import {memo, useContext} from 'react';
import {GlyphsContext} from '../glyphs-context.ts';
import {useTheme} from '../theme-context.ts';
import type {Line} from './line.ts';
import {lineText, lineWidth} from './line.ts';
import {paint} from './paint.ts';

/**
 * Draws ready-made lines as one node of a known size, whose rows are put in when the frame is composed: a node for each
 * piece of text, measured, tokenized and wrapped in every frame, is what a frame costs.
 */
export const Lines = memo(function Lines({lines}: {lines: readonly Line[]}) {
  const theme = useTheme();
  const glyphs = useContext(GlyphsContext);
  const spoken = useIsScreenReaderEnabled();
  if (lines.length === 0) return null;
  const rows = lines.map(line => paint(line, theme, glyphs));
  const label = spoken ? {accessibilityLabel: lines.map(lineText).join('\n')} : {};
  return (
    <Box width={Math.max(1, ...lines.map(lineWidth))} height={lines.length} flexShrink={0}>
      <Transform transform={(_, row) => rows[row] ?? ''} {...label}>
        {`${'.\n'.repeat(lines.length - 1)}.`}
      </Transform>
    </Box>
  );
});
