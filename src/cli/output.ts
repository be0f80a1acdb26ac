import type {Problem} from '../aws/problem.ts';
import {type Message, message, type ResultMessage} from '../lifecycle/message.ts';
import {type Glyphs, inGlyphs} from '../text/ascii.ts';
import {safeJson} from '../text/safe-json.ts';
import {sanitize} from '../text/sanitize.ts';

type Style = 'bold' | 'dim' | 'green' | 'yellow' | 'red' | 'blue' | 'magenta' | 'cyan';
/** Text with a colour. The text is sanitised when it is written, like any other. */
export type Styled = {style: Style; text: string};
export type Part = string | Styled | false | undefined;

/** Where a command's words go. Everything is made safe for a terminal here and nowhere else. */
export type Output = {
  readonly json: boolean;
  /** Lines can be drawn over: stdout is a terminal, and output is text. */
  readonly live: boolean;
  /** Cells per line of the terminal; 80 where there is none. */
  readonly columns: number;
  readonly rows: number;
  /** A line of text on stdout; nothing with `--json`. */
  line(...parts: Part[]): void;
  /** A line that says how things go, on stderr. */
  progress(...parts: Part[]): void;
  /** A line of NDJSON; nothing without `--json`. */
  message(message: Message | Record<string, unknown>): void;
  /** The last line of NDJSON. */
  result(result: Omit<ResultMessage, 'v' | 'at' | 'type'> & {ok: boolean}): void;
  /** Draws lines in place of those of the last call; an empty list leaves what stands there for good. */
  redraw(lines: readonly Part[][]): void;
  /** From now on this text is written as `[hidden]`, wherever it comes up. */
  conceal(secret: string): void;
  /** A line of text with a secret in it, on stdout; nothing with `--json`. */
  reveal(...parts: Part[]): void;
  /** Removes what the last `redraw` drew. */
  erase(): void;
  /** What failed, the details, the way out and the next command. */
  problem(problem: Pick<Problem, 'title' | 'details' | 'solution' | 'next'>): void;
};

type Stream = Pick<NodeJS.WriteStream, 'write'> & {isTTY?: boolean; columns?: number; rows?: number};

const codes: Record<Style, [number, number]> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  blue: [34, 39],
  magenta: [35, 39],
  cyan: [36, 39],
};

export function styled(style: Style, text: string): Styled {
  return {style, text};
}

/** Parts are glued together, so the white space at their ends counts. */
function oneLine(text: string): string {
  return sanitize(text).replaceAll('\n', '⏎').replaceAll('\t', '  ');
}

type OutputOptions = {json: boolean; color: boolean; glyphs?: Glyphs; stdout: Stream; stderr: Stream};

/** `color` and `glyphs` decide for both streams. */
export function createOutput(options: OutputOptions): Output {
  const {json, color, glyphs = 'unicode', stdout, stderr} = options;
  let drawn = 0;
  const secrets = new Set<string>();

  const shown = (text: string): string => inGlyphs(oneLine(text), glyphs);
  const hide = (text: string): string =>
    [...secrets].reduce((safe, secret) => safe.replaceAll(secret, '[hidden]'), text);
  const render = (parts: readonly Part[]): string => hide(plainly(parts));
  const plainly = (parts: readonly Part[]): string =>
    parts
      .map(part => {
        if (!part) return '';
        if (typeof part === 'string') return shown(part);
        const [on, off] = codes[part.style];
        const text = shown(part.text);
        return color ? `\x1b[${on}m${text}\x1b[${off}m` : text;
      })
      .join('');
  const progress = (...parts: Part[]): void => {
    stderr.write(`${render(parts)}\n`);
  };
  const emit = (body: object): void => {
    if (json) stdout.write(`${hide(safeJson(body))}\n`);
  };

  const back = (): string => (drawn > 0 ? `\x1b[${drawn}A\r\x1b[J` : '');

  return {
    json,
    live: !json && stdout.isTTY === true,
    columns: stdout.columns ?? 80,
    rows: stdout.rows ?? 24,
    line: (...parts) => {
      if (!json) stdout.write(`${render(parts).trimEnd()}\n`);
    },
    progress,
    conceal: secret => void secrets.add(secret),
    reveal: (...parts) => {
      if (!json) stdout.write(`${plainly(parts).trimEnd()}\n`);
    },
    message: emit,
    result: result => emit(message<ResultMessage>({type: 'result', ...result})),
    redraw: lines => {
      if (json) return;
      if (lines.length > 0) stdout.write(back() + lines.map(parts => `${render(parts).trimEnd()}\n`).join(''));
      drawn = lines.length;
    },
    erase: () => {
      if (!json) stdout.write(back());
      drawn = 0;
    },
    problem: ({title, details, solution, next}) => {
      emit(
        message({
          type: 'error',
          title,
          ...(details !== undefined && {details}),
          ...(solution !== undefined && {solution}),
          ...(next !== undefined && {next}),
        } as never),
      );
      if (json) {
        progress(title);
        return;
      }
      progress(styled('red', '✕ '), styled('bold', title));
      if (details !== undefined && details !== '') progress('  ', details);
      if (solution !== undefined) progress('  ', solution);
      if (next !== undefined) progress('  Next: ', styled('cyan', next));
    },
  };
}
