import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { framed, RECOMMEND } from './test-server';

/** A call in proper HTTP/2, whose headers or message are not what they should be. */
export interface MalformedCall {
  readonly headers: Buffer;
  readonly data: Buffer;
}

/** All that is sent over a connection, in improper HTTP/2. */
export interface MalformedConnection {
  readonly bytes: Buffer;
}

/** What a hostile or broken client sends. */
export type MalformedInput = MalformedCall | MalformedConnection;

/** How HTTP/2 begins (RFC 9113, 3.4). */
export const PREFACE = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');

/** Types and flags of HTTP/2 frames (RFC 9113, 6). */
export const FRAME = { data: 0, headers: 1, settings: 4, ping: 6 } as const;
export const FLAG = { endStream: 1, endHeaders: 4 } as const;

/** One HTTP/2 frame (RFC 9113, 4.1); `length` may lie. */
export function frame(
  type: number,
  flags: number,
  streamId: number,
  payload: Uint8Array = Buffer.alloc(0),
  length = payload.length,
): Buffer {
  const head = Buffer.alloc(9);
  head.writeUIntBE(length, 0, 3);
  head.writeUInt8(type, 3);
  head.writeUInt8(flags, 4);
  head.writeUInt32BE(streamId, 5);
  return Buffer.concat([head, payload]);
}

/** A length as HPACK writes it, in 7 bits and then groups of 7 (RFC 7541, 5.1). */
function hpackLength(length: number): number[] {
  if (length < 127) return [length];
  const rest: number[] = [];
  let left = length - 127;
  for (; left >= 128; left >>= 7) rest.push((left & 127) | 128);
  return [127, ...rest, left];
}

type HeaderValue = string | Buffer;

/** Headers as HPACK literals, never indexed and without Huffman code (RFC 7541, 6.2.2). */
function headerBlock(headers: readonly (readonly [string, HeaderValue])[]): Buffer {
  const text = (value: HeaderValue) => {
    const bytes = Buffer.from(value);
    return Buffer.concat([Buffer.from(hpackLength(bytes.length)), bytes]);
  };
  return Buffer.concat(
    headers.map(([name, value]) => Buffer.concat([Buffer.from([0]), text(name), text(value)])),
  );
}

/** The headers of a call; `changes` replaces some or adds more. */
function callHeaders(changes: Readonly<Record<string, HeaderValue>> = {}): Buffer {
  return headerBlock(
    Object.entries({
      ':method': 'POST',
      ':scheme': 'http',
      ':path': RECOMMEND,
      ':authority': 'localhost',
      'content-type': 'application/grpc',
      te: 'trailers',
      ...changes,
    }),
  );
}

const bytes = (maxLength: number) =>
  fc.uint8Array({ maxLength }).map((values) => Buffer.from(values));
const byte = fc.integer({ min: 0, max: 255 });
const uint32 = fc.integer({ min: 0, max: 2 ** 32 - 1 });

/** 1 MiB of zeros. */
const BOMB = gzipSync(Buffer.alloc(1_048_576));

/** user_id 42, category SCIENCE_FICTION, max_results 2, similar_to 3 */
const VALID_REQUEST = Buffer.from('082a100118022003', 'hex');

const call = (data: Buffer, headers = callHeaders()): MalformedInput => ({ headers, data });

/** Larger than an int64 can be: eleven bytes that all say that another one follows. */
const GIANT_VARINT = Buffer.alloc(11, 0xff);

const messages = fc.oneof(
  // No protobuf at all.
  bytes(64).map((payload) => call(framed(payload))),
  // Cut off.
  fc
    .integer({ min: 1, max: VALID_REQUEST.length - 1 })
    .map((end) => call(framed(VALID_REQUEST.subarray(0, end)))),
  // Groups and wire types that do not exist.
  fc
    .tuple(fc.integer({ min: 0, max: 31 }), fc.constantFrom(3, 4, 6, 7), bytes(16))
    .map(([field, wireType, rest]) =>
      call(framed(Buffer.concat([Buffer.from([field * 8 + wireType]), rest]))),
    ),
  fc
    .integer({ min: 1, max: 4 })
    .map((field) => call(framed(Buffer.concat([Buffer.from([field * 8]), GIANT_VARINT])))),
  // A string of 4 GiB.
  fc
    .integer({ min: 1, max: 4 })
    .map((field) => call(framed(Buffer.from([field * 8 + 2, 255, 255, 255, 255, 15])))),
  // A gRPC frame whose length or flag lies, is not whole, or is one of many.
  fc.tuple(bytes(32), uint32).map(([payload, length]) => call(framed(payload, 0, length))),
  fc.tuple(bytes(32), byte).map(([payload, flag]) => call(framed(payload, flag))),
  bytes(12).map((data) => call(data)),
  fc
    .integer({ min: 2, max: 400 })
    .map((count) => call(Buffer.concat(Array(count).fill(framed(Buffer.of()))))),
);

const compressed = fc
  .tuple(
    fc.constantFrom('gzip', 'deflate', 'identity', 'snappy', ''),
    fc.oneof(
      bytes(64).map((payload) => framed(payload, 1)),
      bytes(64).map((payload) => framed(gzipSync(payload).subarray(0, -4), 1)),
      fc.integer({ min: 1, max: 200 }).map((cut) => framed(BOMB.subarray(0, -cut), 1)),
      fc
        .integer({ min: 2, max: 2_000 })
        .map((count) => Buffer.concat(Array(count).fill(framed(Buffer.of(), 1)))),
    ),
  )
  .map(([encoding, data]) => call(data, callHeaders({ 'grpc-encoding': encoding })));

const headers = fc
  .tuple(
    fc.constantFrom(
      'grpc-timeout',
      'grpc-encoding',
      'content-type',
      'traceparent',
      'tracestate',
      'user-agent',
      'x-y-bin',
      'grpc-trace-bin',
      ':authority',
    ),
    fc.oneof(
      bytes(64),
      fc.string({ unit: 'binary', maxLength: 32 }),
      fc.constantFrom('1S', '-1S', '99999999H', '0n', '1e9m', 'application/grpc+json', '\x00'),
      fc.integer({ min: 1, max: 4_000 }).map((length) => 'a'.repeat(length)),
    ),
  )
  .map(([name, value]) => call(framed(VALID_REQUEST), callHeaders({ [name]: value })));

const methods = fc
  .oneof(
    bytes(32).map((name) => Buffer.concat([Buffer.from('/'), name])),
    fc.string({ unit: 'binary', maxLength: 32 }).map((name) => `/Recommendations/${name}`),
    fc.constantFrom('', '/', '*', '//', '/Recommendations', '/Recommendations/__proto__'),
  )
  .map((path) => call(framed(VALID_REQUEST), callHeaders({ ':path': path })));

const watches = bytes(1_000).map((name) => {
  const request = Buffer.concat([Buffer.from([10, ...hpackLength(name.length)]), name]);
  const headersOfWatch = callHeaders({ ':path': '/grpc.health.v1.Health/Watch' });
  return call(framed(request), headersOfWatch);
});

const frames = fc
  .array(
    fc.tuple(byte, byte, uint32, bytes(64), fc.option(fc.integer({ min: 0, max: 2 ** 24 - 1 }))),
    {
      minLength: 1,
      maxLength: 8,
    },
  )
  .map((list) => ({
    bytes: Buffer.concat([
      PREFACE,
      frame(FRAME.settings, 0, 0),
      ...list.map(([type, flags, id, payload, length]) =>
        frame(type % 12, flags, id % 9, payload, length ?? payload.length),
      ),
    ]),
  }));

const brokenHeaderBlocks = bytes(128).map((block) => ({
  bytes: Buffer.concat([
    PREFACE,
    frame(FRAME.settings, 0, 0),
    frame(FRAME.headers, FLAG.endHeaders, 1, block),
  ]),
}));

const noise = fc.tuple(fc.boolean(), bytes(256)).map(([hasPreface, rest]) => ({
  bytes: hasPreface ? Buffer.concat([PREFACE, rest]) : rest,
}));

/** Any of them, calls more often than whole connections. */
export const malformedInput: fc.Arbitrary<MalformedInput> = fc.oneof(
  { weight: 35, arbitrary: messages },
  { weight: 10, arbitrary: compressed },
  { weight: 20, arbitrary: headers },
  { weight: 10, arbitrary: methods },
  { weight: 10, arbitrary: watches },
  { weight: 6, arbitrary: frames },
  { weight: 3, arbitrary: brokenHeaderBlocks },
  { weight: 6, arbitrary: noise },
);
