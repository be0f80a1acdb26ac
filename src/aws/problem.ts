/** What a failure means to whoever called: the command line makes exit codes 1, 2, 3, 4 and 5 of it. */
export type ProblemKind = 'failed' | 'usage' | 'not-deployed' | 'no-credentials' | 'foreign';

/** A failure that the user should understand: what failed, the details, how to solve it, the next command. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly kind: ProblemKind;
  readonly title: string;
  readonly details?: string;
  readonly solution?: string;
  /** A command line to type. */
  readonly next?: string;

  constructor(
    kind: ProblemKind,
    title: string,
    more: {details?: string; solution?: string; next?: string; cause?: unknown} = {},
  ) {
    super(more.details === undefined ? title : `${title}: ${more.details}`, {cause: more.cause});
    this.kind = kind;
    this.title = title;
    if (more.details !== undefined) this.details = more.details;
    if (more.solution !== undefined) this.solution = more.solution;
    if (more.next !== undefined) this.next = more.next;
  }
}
