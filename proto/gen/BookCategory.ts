// Generated from proto/recommendations.proto by `pnpm proto:generate`; do not edit.

export const BookCategory = {
  MYSTERY: 'MYSTERY',
  SCIENCE_FICTION: 'SCIENCE_FICTION',
  SELF_HELP: 'SELF_HELP',
  FANTASY: 'FANTASY',
  CLASSICS: 'CLASSICS',
  HISTORICAL_FICTION: 'HISTORICAL_FICTION',
  HISTORY: 'HISTORY',
  BIOGRAPHY: 'BIOGRAPHY',
  SCIENCE: 'SCIENCE',
  PHILOSOPHY: 'PHILOSOPHY',
  BUSINESS: 'BUSINESS',
  CHILDREN: 'CHILDREN',
} as const;

export type BookCategory =
  | 'MYSTERY'
  | 0
  | 'SCIENCE_FICTION'
  | 1
  | 'SELF_HELP'
  | 2
  | 'FANTASY'
  | 3
  | 'CLASSICS'
  | 4
  | 'HISTORICAL_FICTION'
  | 5
  | 'HISTORY'
  | 6
  | 'BIOGRAPHY'
  | 7
  | 'SCIENCE'
  | 8
  | 'PHILOSOPHY'
  | 9
  | 'BUSINESS'
  | 10
  | 'CHILDREN'
  | 11

export type BookCategory__Output = typeof BookCategory[keyof typeof BookCategory]
