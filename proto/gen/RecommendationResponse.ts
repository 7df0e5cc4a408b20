// Generated from proto/recommendations.proto by `pnpm proto:generate`; do not edit.

import type { BookRecommendation as _BookRecommendation, BookRecommendation__Output as _BookRecommendation__Output } from './BookRecommendation';
import type { ServerIdentity as _ServerIdentity, ServerIdentity__Output as _ServerIdentity__Output } from './ServerIdentity';

export interface RecommendationResponse {
  'recommendations'?: (_BookRecommendation)[];
  'servedBy'?: (_ServerIdentity | null);
}

export interface RecommendationResponse__Output {
  'recommendations': (_BookRecommendation__Output)[];
  'servedBy': (_ServerIdentity__Output | null);
}
