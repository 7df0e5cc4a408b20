// Generated from proto/recommendations.proto by `pnpm proto:generate`; do not edit.



export const _RecommendationReason_Kind = {
  UNSPECIFIED: 'UNSPECIFIED',
  PICKED_FOR_YOU: 'PICKED_FOR_YOU',
  SAME_AUTHOR: 'SAME_AUTHOR',
  SHARED_SUBJECTS: 'SHARED_SUBJECTS',
} as const;

export type _RecommendationReason_Kind =
  | 'UNSPECIFIED'
  | 0
  | 'PICKED_FOR_YOU'
  | 1
  | 'SAME_AUTHOR'
  | 2
  | 'SHARED_SUBJECTS'
  | 3

export type _RecommendationReason_Kind__Output = typeof _RecommendationReason_Kind[keyof typeof _RecommendationReason_Kind]

export interface RecommendationReason {
  'kind'?: (_RecommendationReason_Kind);
  'subjects'?: (string)[];
}

export interface RecommendationReason__Output {
  'kind': (_RecommendationReason_Kind__Output);
  'subjects': (string)[];
}
