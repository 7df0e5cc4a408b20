import { watch } from 'node:fs';

/** Editors write a file in several steps; one restart is enough for them. */
const SETTLE_MS = 150;

const IGNORED = /(^|[/\\])(node_modules|dist|\.[^/\\]*)([/\\]|$)|\.tsbuildinfo$/;

/**
 * Calls `onChange` with the name of a file that changed in one of `folders`. One call at a time:
 * what changes meanwhile makes one more call.
 *
 * @returns stops watching
 */
export function onFileChange(
  folders: readonly string[],
  onChange: (file: string) => Promise<void>,
): () => void {
  let settled: NodeJS.Timeout | undefined;
  let last = Promise.resolve();
  const watchers = folders.map((folder) =>
    watch(folder, { recursive: true }, (_event, file) => {
      if (!file || IGNORED.test(file)) return;
      clearTimeout(settled);
      settled = setTimeout(() => {
        last = last.then(() => onChange(file));
      }, SETTLE_MS);
    }),
  );
  return () => {
    clearTimeout(settled);
    for (const watcher of watchers) watcher.close();
  };
}
