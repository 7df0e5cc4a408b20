import { recommendationsPackage } from '@driftless/proto';
import type { Server } from '@grpc/grpc-js';
import { ReflectionService } from '@grpc/reflection';

/** Lets tools such as grpcurl ask `server` for its description. */
export function addReflection(server: Server): void {
  const reflection = new ReflectionService(recommendationsPackage);
  for (const version of ['v1', 'v1Alpha']) {
    const implementation = Reflect.get(reflection, version);
    for (const index of ['symbols', 'services'])
      dropLeadingDots(Reflect.get(implementation, index));
  }
  reflection.addToServer(server);
}

/**
 * `@grpc/reflection` 1.0.4 indexes what is in no package as `.Recommendations`, where tools ask
 * for `Recommendations`.
 */
function dropLeadingDots(index: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(index)) {
    if (!name.startsWith('.')) continue;
    delete index[name];
    index[name.slice(1)] = value;
  }
}
