import { loadPackageDefinition } from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import type { ProtoGrpcType } from './gen/contract';
import { loaderOptions } from './loader-options';

export type { BookCategory } from './gen/BookCategory';
export type { BookRecommendation__Output as BookRecommendation } from './gen/BookRecommendation';
export type { RecommendationReason__Output as RecommendationReason } from './gen/RecommendationReason';
export type { RecommendationRequest } from './gen/RecommendationRequest';
export type { RecommendationResponse__Output as RecommendationResponse } from './gen/RecommendationResponse';
export type { RecommendationsClient, RecommendationsHandlers } from './gen/Recommendations';
export type { ServerIdentity } from './gen/ServerIdentity';
export { loaderOptions };

/** The package definition as loaded: what a reflection service describes. */
export const recommendationsPackage = loadSync(
  require.resolve('@driftless/proto/recommendations.proto'),
  loaderOptions,
);

const { Recommendations } = loadPackageDefinition(
  recommendationsPackage,
) as unknown as ProtoGrpcType;

/** The client class of the `Recommendations` service. */
export const RecommendationsClientConstructor = Recommendations;

/** The definition a server registers its handlers with. */
export const recommendationsService = Recommendations.service;
