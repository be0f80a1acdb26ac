import {Box, Text} from 'ink';
import {memo} from 'react';
import {useTheme} from '../theme-context.ts';
import type {Line} from './line.ts';

/** Draws ready-made lines, one `Text` each: nothing is measured, wrapped or clipped by the renderer. */
export const Lines = memo(function Lines({lines}: {lines: readonly Line[]}) {
  return (
    <Box flexDirection="column" flexShrink={0}>
      {lines.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row of the screen has no other identity than its place
        <LineText key={index} line={line} />
      ))}
    </Box>
  );
});

function LineText({line}: {line: Line}) {
  const theme = useTheme();
  return (
    <Text wrap="truncate-end">
      {line.map(({text, tone}, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: likewise for a piece of a row
        <Text key={index} {...theme[tone]}>
          {text}
        </Text>
      ))}
    </Text>
  );
}
