import type {
  RecommendationRequest,
  RecommendationResponse,
  RecommendationsClient,
} from '@driftless/proto';
import {
  endSpan,
  type Logger,
  metadataCarrier,
  type ObserveDuration,
  startClientSpan,
} from '@driftless/runtime';
import { type ChannelCredentials, Metadata, status } from '@grpc/grpc-js';
import type { Answer, Books, Question } from './answer';
import { AnswerCache, keyOf } from './answer-cache';
import { createAttempts, reasonOf } from './attempts';
import { type ChannelSettings, connect } from './channel';

/** What the recommender's client is made of. */
export interface RecommenderOptions {
  readonly settings: ChannelSettings & {
    readonly RECOMMENDATIONS_DEADLINE_MS: number;
    readonly RECOMMENDATIONS_CACHE_MS: number;
  };
  readonly credentials: ChannelCredentials;
  readonly log: Logger;
  readonly observe: ObserveDuration;
  /** The current time in ms since the epoch. */
  now(): number;
}

/** The marketplace's side of the recommendations service. */
export interface Recommender {
  /** Answers within the deadline whatever the service does. Never rejects. */
  ask(question: Question): Promise<Answer>;
  close(): void;
}

const NOBODY = { pod: '', node: '', zone: '', version: '', commit: '' };

/** Builds the client: cache, shared calls, retries, circuit breaker, deadline. */
export function createRecommender(options: RecommenderOptions): Recommender {
  const { settings, log, observe, now } = options;
  const cache = new AnswerCache();
  const inFlight = new Map<string, Promise<Answer>>();
  let client = connect(settings, options.credentials);
  const attempts = createAttempts(() => {
    // The connection may be the very thing that hangs: the try is made on a new one.
    client.close();
    client = connect(settings, options.credentials);
  });
  let isHealthy = true;

  async function call(key: string, question: Question): Promise<Answer> {
    const deadline = now() + settings.RECOMMENDATIONS_DEADLINE_MS;
    try {
      const { result, attempts: count } = await attempts.run(() =>
        recommend(client, question, deadline, observe),
      );
      cache.store(key, question, { books: result, at: now() });
      noteHealth(true);
      return { ...result, state: 'called', attempts: count };
    } catch (error) {
      const reason = reasonOf(error);
      noteHealth(false, reason);
      const last = cache.lastGood(key, question);
      if (!last) return { state: 'unavailable', reason };
      return { ...last.books, state: 'last-good', ageMs: now() - last.at, reason };
    }
  }

  /** One line when it goes, one when it comes back: not one for every page in between. */
  function noteHealth(healthy: boolean, reason?: string): void {
    if (healthy === isHealthy) return;
    isHealthy = healthy;
    if (healthy) log.info('recommendations are back');
    else log.warn({ reason }, 'no recommendations');
  }

  return {
    ask(question) {
      const key = keyOf(question);
      const cached = cache.get(key);
      const ageMs = cached ? now() - cached.at : Number.POSITIVE_INFINITY;
      if (cached && ageMs < settings.RECOMMENDATIONS_CACHE_MS) {
        return Promise.resolve({ ...cached.books, state: 'cached', ageMs });
      }
      let pending = inFlight.get(key);
      if (!pending) {
        pending = call(key, question).finally(() => inFlight.delete(key));
        inFlight.set(key, pending);
      }
      return pending;
    },
    close: () => client.close(),
  };
}

function toRequest(question: Question): RecommendationRequest {
  return question.for === 'reader'
    ? { userId: question.readerId, category: question.category, maxResults: question.count }
    : { similarTo: question.bookId, maxResults: question.count };
}

/** One attempt. @throws the gRPC error */
function recommend(
  client: RecommendationsClient,
  question: Question,
  deadline: number,
  observe: ObserveDuration,
): Promise<Books> {
  const startedAt = performance.now();
  const metadata = new Metadata();
  const span = startClientSpan('Recommendations/Recommend', metadataCarrier(metadata));
  return new Promise((resolve, reject) => {
    client.recommend(toRequest(question), metadata, { deadline }, (error, response) => {
      const rpcMs = performance.now() - startedAt;
      observe('/Recommendations/Recommend', status[error?.code ?? status.OK], rpcMs);
      endSpan(span, error?.details);
      if (error || !response) reject(error);
      else resolve(toBooks(response, rpcMs));
    });
  });
}

function toBooks(response: RecommendationResponse, rpcMs: number): Books {
  return { books: response.recommendations, servedBy: response.servedBy ?? NOBODY, rpcMs };
}
