import { readFileSync } from 'node:fs';
import type { ServiceProcess } from '../service-process';

/** A clock tick of /proc: 1/100 s on every Linux. */
const TICK_MS = 10;

/**
 * CPU time a process has used so far, all its threads, in ms.
 * Not a number where there is no /proc.
 */
export function cpuMs({ pid }: ServiceProcess): number {
  // Fields 14 and 15 of proc(5), counted from behind the name, which may hold spaces.
  const fields = read(`/proc/${pid}/stat`).split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}

/** Resident memory of a process, in MiB. Not a number where there is no /proc. */
export function residentMib({ pid }: ServiceProcess): number {
  const [, kib] = /VmRSS:\s+(\d+) kB/.exec(read(`/proc/${pid}/status`)) ?? [];
  return Number(kib) / 1024;
}

/** Calls to the recommender that were answered OK so far. Not a number for a peer. */
export async function answeredCalls({ opsPort }: ServiceProcess): Promise<number> {
  if (opsPort === 0) return Number.NaN;
  const metrics = await (await fetch(`http://127.0.0.1:${opsPort}/metrics`)).text();
  const [, count] =
    /^rpc_client_duration_seconds_count\{[^}]*code="OK"[^}]*\} (\d+)/m.exec(metrics) ?? [];
  return Number(count ?? 0);
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
