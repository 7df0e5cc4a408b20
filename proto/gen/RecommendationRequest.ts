// Generated from proto/recommendations.proto by `pnpm proto:generate`; do not edit.

import type { BookCategory as _BookCategory, BookCategory__Output as _BookCategory__Output } from './BookCategory';

export interface RecommendationRequest {
  'userId'?: (number);
  'category'?: (_BookCategory);
  'maxResults'?: (number);
  'similarTo'?: (number);
}

export interface RecommendationRequest__Output {
  'userId': (number);
  'category': (_BookCategory__Output);
  'maxResults': (number);
  'similarTo': (number);
}
