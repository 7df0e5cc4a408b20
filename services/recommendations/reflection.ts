import { recommendationsPackage } from '@driftless/proto';
import type { Server } from '@grpc/grpc-js';
import { ReflectionService } from '@grpc/reflection';

/** Lets tools such as grpcurl ask `server` for its description. */
export function addReflection(server: Server): void {
  new ReflectionService(recommendationsPackage).addToServer(server);
}
