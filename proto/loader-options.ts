import type { Options } from '@grpc/proto-loader';

/**
 * The one set of options with which the proto is loaded at run time and its
 * types are generated. Two sets that differ would compile and still drop
 * fields on the wire: a handler's `userId` is silently lost when the loader
 * expects `user_id`.
 *
 * Fields are camelCase, enums arrive as names (a number when the name is
 * unknown), absent fields arrive as proto3's zero values.
 */
export const loaderOptions = {
  keepCase: false,
  longs: String,
  enums: String,
  defaults: true,
  oneofs: true,
} as const satisfies Options;
