import { loadSync } from '@grpc/proto-loader';
import fc from 'fast-check';
import {
  loaderOptions,
  type RecommendationRequest,
  type RecommendationResponse,
  RecommendationsClientConstructor,
  recommendationsService,
} from './index';

const { Recommend } = recommendationsService;

const encode = {
  request: (request: object) => Recommend.requestSerialize(request as RecommendationRequest),
  response: (response: object) => Recommend.responseSerialize(response as RecommendationResponse),
};
const decode = {
  request: (bytes: Buffer) => Recommend.requestDeserialize(bytes),
  response: (bytes: Buffer) => Recommend.responseDeserialize(bytes),
};

/** Bytes written as in the encoding guide (protobuf.dev/programming-guides/encoding), spaced by field. */
const bytes = (hex: string) => Buffer.from(hex.replace(/\s/g, ''), 'hex');

interface Descriptor {
  readonly field?: readonly { readonly name: string; readonly number: number }[];
  readonly value?: readonly { readonly name: string; readonly number: number }[];
}

/** The proto as a peer in another language sees it: with its own names. */
const asWritten = loadSync(require.resolve('./recommendations.proto'), {
  ...loaderOptions,
  keepCase: true,
});

/** The names and numbers in the proto, of a message's fields or an enum's values. */
function numbersOf(name: string): Record<string, number> {
  const { field, value } = (asWritten[name] as unknown as { type: Descriptor }).type;
  return Object.fromEntries((field ?? value ?? []).map(({ name, number }) => [name, number]));
}

const int32 = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
// A lone surrogate has no UTF-8 form, so it cannot come back as it was.
const text = fc.string({ unit: 'binary' }).filter((value) => value.isWellFormed());
const category = fc.constantFrom(...Object.keys(numbersOf('BookCategory')));

/** Every field of every message, by the camelCase name that the code uses. */
const fields = {
  RecommendationRequest: { userId: int32, category, maxResults: int32, similarTo: int32 },
  ServerIdentity: { pod: text, node: text, zone: text, version: text, commit: text },
  RecommendationReason: {
    kind: fc.constantFrom('UNSPECIFIED', 'PICKED_FOR_YOU', 'SAME_AUTHOR', 'SHARED_SUBJECTS'),
    subjects: fc.array(text),
  },
  get BookRecommendation() {
    return { id: int32, title: text, author: text, reason: fc.record(this.RecommendationReason) };
  },
  get RecommendationResponse() {
    return {
      recommendations: fc.array(fc.record(this.BookRecommendation), { maxLength: 5 }),
      servedBy: fc.record(this.ServerIdentity),
    };
  },
};

const snakeCase = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

test.each(Object.keys(fields) as (keyof typeof fields)[])(
  'the code names every field of %s, in camelCase',
  (message) => {
    expect(Object.keys(fields[message]).map(snakeCase)).toEqual(Object.keys(numbersOf(message)));
  },
);

test('every field of a request comes back as it was sent', () => {
  fc.assert(
    fc.property(fc.record(fields.RecommendationRequest), (request) => {
      expect(decode.request(encode.request(request))).toEqual(request);
    }),
  );
});

test('every field of an answer comes back as it was sent', () => {
  fc.assert(
    fc.property(fc.record(fields.RecommendationResponse), (response) => {
      expect(decode.response(encode.response(response))).toEqual(response);
    }),
  );
});

test('what is sent in camelCase is what a peer that keeps the names of the proto receives', () => {
  const { Recommend: peer } = asWritten.Recommendations as unknown as typeof recommendationsService;
  fc.assert(
    fc.property(fc.record(fields.RecommendationRequest), (request) => {
      const received = Object.fromEntries(
        Object.entries(request).map(([name, value]) => [snakeCase(name), value]),
      );
      expect(peer.requestDeserialize(encode.request(request))).toEqual(received);
      expect(decode.request(peer.requestSerialize(received))).toEqual(request);
    }),
  );
});

test('the method path, the names and the numbers are those of the tutorial', () => {
  expect(Recommend.path).toBe('/Recommendations/Recommend');
  expect(Recommend).toMatchObject({ requestStream: false, responseStream: false });
  expect(RecommendationsClientConstructor.service).toBe(recommendationsService);
  expect(numbersOf('BookCategory')).toMatchObject({ MYSTERY: 0, SCIENCE_FICTION: 1, SELF_HELP: 2 });
  expect(numbersOf('RecommendationRequest')).toMatchObject({
    user_id: 1,
    category: 2,
    max_results: 3,
  });
  expect(numbersOf('BookRecommendation')).toMatchObject({ id: 1, title: 2 });
  expect(numbersOf('RecommendationResponse')).toMatchObject({ recommendations: 1 });
});

describe("the tutorial's bytes", () => {
  test.each([
    ['user 1, science fiction, 3 books', '0801 1001 1803', 1, 'SCIENCE_FICTION', 3],
    [
      'user 300, self-help, the most books',
      '08ac02 1002 18ffffffff07',
      300,
      'SELF_HELP',
      2 ** 31 - 1,
    ],
    ['user 1, mystery (0, so not sent), 2 books', '0801 1802', 1, 'MYSTERY', 2],
    ['nothing', '', 0, 'MYSTERY', 0],
    ['a negative number of books', '18ffffffffffffffffff01', 0, 'MYSTERY', -1],
  ])('a request for %s', (_, hex, userId, category, maxResults) => {
    const request = { userId, category, maxResults };
    expect(decode.request(bytes(hex))).toEqual({ ...request, similarTo: 0 });
    const sent = Object.fromEntries(
      Object.entries(request).filter(([, value]) => value !== 0 && value !== 'MYSTERY'),
    );
    expect(encode.request(sent)).toEqual(bytes(hex));
  });

  test('an answer with two books', () => {
    const hex = `
      0a16 0801 1212 546865204d616c746573652046616c636f6e
      0a10 0805 120c 456e64657227732047616d65`;
    const books = [
      { id: 1, title: 'The Maltese Falcon' },
      { id: 5, title: "Ender's Game" },
    ];
    expect(decode.response(bytes(hex))).toEqual({
      recommendations: books.map((book) => ({ ...book, author: '', reason: null })),
      servedBy: null,
    });
    expect(encode.response({ recommendations: books })).toEqual(bytes(hex));
  });

  test('an answer without a book', () => {
    expect(decode.response(bytes(''))).toEqual({ recommendations: [], servedBy: null });
    expect(encode.response({})).toHaveLength(0);
  });
});

describe('our own bytes', () => {
  test('a request for what is similar to book 7', () => {
    expect(encode.request({ similarTo: 7 })).toEqual(bytes('2007'));
  });

  test('an answer with the author, the reason and the server', () => {
    const response = {
      recommendations: [
        {
          id: 7,
          title: 'T',
          author: 'A',
          reason: { kind: 'SHARED_SUBJECTS', subjects: ['sea', 'war'] },
        },
      ],
      servedBy: { pod: 'p', node: 'n', zone: 'z', version: 'v', commit: 'c' },
    };
    const hex = `
      0a16 0807 120154 1a0141 220c 0803 1203736561 1203776172
      120f 0a0170 12016e 1a017a 220176 2a0163`;
    expect(encode.response(response)).toEqual(bytes(hex));
    expect(decode.response(bytes(hex))).toEqual(response);
  });
});

test('a request from a newer client, with fields we do not know, is understood', () => {
  expect(decode.request(bytes('0801 1001 1803 c23e03abcdef 9806 01'))).toEqual({
    userId: 1,
    category: 'SCIENCE_FICTION',
    maxResults: 3,
    similarTo: 0,
  });
});

test('a category we do not know arrives as its number', () => {
  expect(decode.request(bytes('1063'))).toMatchObject({ category: 99 });
});
