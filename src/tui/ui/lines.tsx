import {Box, Text} from 'ink';
import {memo} from 'react';
import {useTheme} from '../theme-context.ts';
import type {Line, Span} from './line.ts';

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
      {joined(line).map(({text, tone}, index) =>
        Object.keys(theme[tone]).length === 0 ? (
          text
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: likewise for a piece of a row
          <Text key={index} {...theme[tone]}>
            {text}
          </Text>
        ),
      )}
    </Text>
  );
}

/** Neighbours of one tone as one: a node for each piece is what a frame costs. */
function joined(line: Line): Line {
  const pieces: Span[] = [];
  for (const one of line) {
    const last = pieces.at(-1);
    if (last?.tone === one.tone) pieces[pieces.length - 1] = {...last, text: last.text + one.text};
    else pieces.push(one);
  }
  return pieces;
}
