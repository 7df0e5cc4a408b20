// Generated from proto/recommendations.proto by `pnpm proto:generate`; do not edit.
import type * as grpc from '@grpc/grpc-js';
import type { EnumTypeDefinition, MessageTypeDefinition } from '@grpc/proto-loader';

import type { BookRecommendation as _BookRecommendation, BookRecommendation__Output as _BookRecommendation__Output } from './BookRecommendation';
import type { RecommendationReason as _RecommendationReason, RecommendationReason__Output as _RecommendationReason__Output } from './RecommendationReason';
import type { RecommendationRequest as _RecommendationRequest, RecommendationRequest__Output as _RecommendationRequest__Output } from './RecommendationRequest';
import type { RecommendationResponse as _RecommendationResponse, RecommendationResponse__Output as _RecommendationResponse__Output } from './RecommendationResponse';
import type { RecommendationsClient as _RecommendationsClient, RecommendationsDefinition as _RecommendationsDefinition } from './Recommendations';
import type { ServerIdentity as _ServerIdentity, ServerIdentity__Output as _ServerIdentity__Output } from './ServerIdentity';

type SubtypeConstructor<Constructor extends new (...args: any) => any, Subtype> = {
  new(...args: ConstructorParameters<Constructor>): Subtype;
};

export interface ProtoGrpcType {
  BookCategory: EnumTypeDefinition
  BookRecommendation: MessageTypeDefinition<_BookRecommendation, _BookRecommendation__Output>
  RecommendationReason: MessageTypeDefinition<_RecommendationReason, _RecommendationReason__Output>
  RecommendationRequest: MessageTypeDefinition<_RecommendationRequest, _RecommendationRequest__Output>
  RecommendationResponse: MessageTypeDefinition<_RecommendationResponse, _RecommendationResponse__Output>
  Recommendations: SubtypeConstructor<typeof grpc.Client, _RecommendationsClient> & { service: _RecommendationsDefinition }
  ServerIdentity: MessageTypeDefinition<_ServerIdentity, _ServerIdentity__Output>
}

