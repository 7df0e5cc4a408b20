import { type FieldPath, renderPath } from '../path/field-path';
import type { Problem, RefusalCode } from '../refusal';

/** Adds a problem where problems are collected; does nothing for an object that refuses nothing. */
export function addProblem(
  problems: Problem[] | undefined,
  code: RefusalCode,
  path: FieldPath | undefined,
  message: string,
): void {
  problems?.push({ code, path: renderPath(path), message });
}
