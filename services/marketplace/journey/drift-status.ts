import { z } from 'zod';

/** The part of the drift operator's `/status` that the panel shows. */
const statusSchema = z.object({
  objects: z.array(
    z.object({
      kind: z.string(),
      namespace: z.string(),
      name: z.string(),
      verdict: z.enum(['agreement', 'drift']),
      findings: z.array(
        z.object({
          field: z.string(),
          expected: z.unknown(),
          found: z.unknown(),
          actor: z.string().optional(),
        }),
      ),
    }),
  ),
});

/** One difference between the code and the cluster. */
export interface DriftFinding {
  readonly object: string;
  readonly field: string;
  readonly actor: string;
}

/** What is known about drift. */
export type DriftStatus =
  | { readonly state: 'unwatched' }
  | { readonly state: 'unknown' }
  | { readonly state: 'agreement'; readonly objects: number }
  | {
      readonly state: 'drift';
      readonly objects: number;
      readonly findings: readonly DriftFinding[];
    };

/** The panel waits for nobody, but a request must not hang for ever either. */
const LIMIT_MS = 1_000;

/** Asks the operator. Whatever goes wrong is `unknown`. */
export async function fetchDriftStatus(url: string): Promise<DriftStatus> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(LIMIT_MS) });
    if (!response.ok) return { state: 'unknown' };
    return toDriftStatus(statusSchema.parse(await response.json()));
  } catch {
    return { state: 'unknown' };
  }
}

function toDriftStatus({ objects }: z.output<typeof statusSchema>): DriftStatus {
  const drifted = objects.filter((object) => object.verdict === 'drift');
  if (drifted.length === 0) return { state: 'agreement', objects: objects.length };
  return {
    state: 'drift',
    objects: objects.length,
    findings: drifted.flatMap(({ kind, name, findings }) =>
      findings.map(({ field, actor }) => ({
        object: `${kind}/${name}`,
        field,
        actor: actor ?? '',
      })),
    ),
  };
}
