import { watch } from 'node:fs';

/** Editors write a file in several steps; one restart is enough for them. */
const SETTLE_MS = 150;

const IGNORED = /(^|[/\\])(node_modules|dist|\.[^/\\]*)([/\\]|$)|\.tsbuildinfo$/;

/** Calls `onChange` with the name of a file that changed in one of `folders`. */
export function onFileChange(folders: readonly string[], onChange: (file: string) => void): void {
  let settled: NodeJS.Timeout | undefined;
  for (const folder of folders) {
    watch(folder, { recursive: true }, (_event, file) => {
      if (!file || IGNORED.test(file)) return;
      clearTimeout(settled);
      settled = setTimeout(() => onChange(file), SETTLE_MS);
    });
  }
}
