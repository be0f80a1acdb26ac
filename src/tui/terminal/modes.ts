/**
 * What the app switches on besides the renderer's own modes: the window's title is kept on the terminal's stack, and in
 * the alternate screen the wheel sends arrow keys (1007), so that it scrolls without taking the mouse from the user.
 * 1007 is saved before and restored after, as some terminals have it on for everybody; those that cannot save it have.
 * Terminals that keep no titles are left with an empty one, for which most show their own. Nothing wraps (7): a row that
 * a terminal measures wider than it is would else push the rest of the screen away.
 */
const on = {title: '\x1b[22;2t', wheel: '\x1b[?1007s\x1b[?1007h', wrap: '\x1b[?7l'};
const off = {title: '\x1b]2;\x1b\\\x1b[23;2t', wheel: '\x1b[?1007r', wrap: '\x1b[?7h'};

export type Modes = {enter(): void; leave(): void};

/** Both do nothing the second time, so that leaving is safe from every end. */
export function createModes(write: (text: string) => void, titled: boolean): Modes {
  const sequence = ({title, wheel, wrap}: typeof on) => `${titled ? title : ''}${wheel}${wrap}`;
  let entered = false;
  return {
    enter() {
      if (!entered) write(sequence(on));
      entered = true;
    },
    leave() {
      if (entered) write(sequence(off));
      entered = false;
    },
  };
}
