// Generated from proto/recommendations.proto by `pnpm proto:generate`; do not edit.

import type { RecommendationReason as _RecommendationReason, RecommendationReason__Output as _RecommendationReason__Output } from './RecommendationReason';

export interface BookRecommendation {
  'id'?: (number);
  'title'?: (string);
  'author'?: (string);
  'reason'?: (_RecommendationReason | null);
}

export interface BookRecommendation__Output {
  'id': (number);
  'title': (string);
  'author': (string);
  'reason': (_RecommendationReason__Output | null);
}
