/** Stable codes of everything this package refuses; callers branch on these, never on the text. */
export type RefusalCode =
  | 'ambiguous-order'
  | 'gated-field'
  | 'ill-formed-text'
  | 'invalid-ignore'
  | 'invalid-inventory'
  | 'invalid-quantity'
  | 'missing-field'
  | 'odd-quantity'
  | 'oversized-annotations'
  | 'unknown-field'
  | 'unpinned-node-port'
  | 'unreadable-baseline'
  | 'unresolved-token'
  | 'unsupported-kind'
  | 'wrong-type';

/** One thing that is wrong with an input: where, which code, and a sentence with the remedy. */
export interface Problem {
  readonly code: RefusalCode;
  /** Path in the form of a finding's `field`, for example `spec.template.spec.containers[name=web].image`. */
  readonly path: string;
  /** What is wrong, the value got, what is allowed and what to do. */
  readonly message: string;
}

/**
 * Thrown when an input cannot be fingerprinted faithfully.
 * It carries every problem found, not only the first one; `code` is the first problem's.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: RefusalCode;
  readonly problems: readonly Problem[];

  constructor(problems: readonly [Problem, ...Problem[]], options?: ErrorOptions) {
    super(
      problems.map(({ path, message }) => (path ? `${path}: ${message}` : message)).join('\n'),
      options,
    );
    this.code = problems[0].code;
    this.problems = problems;
  }
}

/** Throws a {@link Refusal} with one problem. */
export function refuse(code: RefusalCode, path: string, message: string, cause?: unknown): never {
  throw new Refusal([{ code, path, message }], cause === undefined ? undefined : { cause });
}
