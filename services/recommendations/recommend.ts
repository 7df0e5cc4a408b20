import type { Category } from '@driftless/catalog';
import { CATEGORIES } from '@driftless/catalog';
import type { RecommendationRequest, RecommendationsHandlers } from '@driftless/proto';
import { status } from '@grpc/grpc-js';
import type { RankedBook, Ranking } from './ranking/ranking';

/** How many books an answer holds when the request does not say. */
export const DEFAULT_MAX_RESULTS = 3;

/** The most books a request may ask for. */
export const MAX_RESULTS = 100;

type Handler = RecommendationsHandlers['Recommend'];
type Request = Parameters<Handler>[0]['request'];
type Response = NonNullable<Parameters<Parameters<Handler>[1]>[1]>;

/** A request that cannot be answered, with the gRPC status that says why. */
export class RequestError extends Error {
  constructor(
    readonly code: status,
    readonly details: string,
  ) {
    super(details);
    this.name = 'RequestError';
  }
}

/**
 * Answers one request.
 *
 * @param day today as `YYYY-MM-DD` in UTC: a reader's selection changes with it
 * @throws {RequestError} NOT_FOUND for an unknown category or book, INVALID_ARGUMENT for a
 *   `maxResults` outside 0 to {@link MAX_RESULTS}
 */
export function recommend(request: Request, ranking: Ranking, day: string): Response {
  const count = countOf(request.maxResults);
  const ranked = request.similarTo
    ? ranking.similarTo({ bookId: request.similarTo, count })
    : ranking.forReader({ readerId: request.userId, category: categoryOf(request), day, count });
  if (!ranked) throw new RequestError(status.NOT_FOUND, 'Book not found');
  return { recommendations: ranked.map(toMessage) };
}

function countOf(maxResults: number): number {
  if (maxResults < 0 || maxResults > MAX_RESULTS) {
    throw new RequestError(
      status.INVALID_ARGUMENT,
      `max_results must be from 0 to ${MAX_RESULTS}, got ${maxResults}`,
    );
  }
  return maxResults || DEFAULT_MAX_RESULTS;
}

/** A number arrives where the client's proto knows a category that this one does not. */
function categoryOf({ category }: RecommendationRequest): Category {
  const known = CATEGORIES.find((name) => name === category);
  if (!known) throw new RequestError(status.NOT_FOUND, 'Category not found');
  return known;
}

const REASON_KINDS = {
  'picked-for-you': 'PICKED_FOR_YOU',
  'same-author': 'SAME_AUTHOR',
  'shared-subjects': 'SHARED_SUBJECTS',
} as const;

function toMessage({ book, reason }: RankedBook) {
  return {
    id: book.id,
    title: book.title,
    author: book.author,
    reason: { kind: REASON_KINDS[reason.kind], subjects: [...reason.subjects] },
  };
}
