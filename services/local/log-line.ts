/** Levels that a person who starts the services should see. */
const SHOWN_LEVELS = new Set(['warn', 'error', 'fatal']);

/**
 * A service's log line as a person reads it; undefined for those that only a machine should read.
 * What is not a log line (a crash in its first moments) is shown as it is.
 */
export function renderLogLine(service: string, line: string, verbose: boolean): string | undefined {
  const entry = parse(line);
  if (!entry) return `  ${service}: ${line}`;
  if (!verbose && !SHOWN_LEVELS.has(String(entry.level))) return undefined;
  const { level, msg, time, pod, service: _, ...details } = entry;
  const rest = Object.keys(details).length > 0 ? ` ${JSON.stringify(details)}` : '';
  return `  ${service} ${level}: ${msg ?? ''}${rest}`;
}

function parse(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && 'level' in value
      ? { ...value }
      : undefined;
  } catch {
    return undefined;
  }
}
