// Generated from proto/recommendations.proto by `pnpm proto:generate`; do not edit.

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { RecommendationRequest as _RecommendationRequest, RecommendationRequest__Output as _RecommendationRequest__Output } from './RecommendationRequest';
import type { RecommendationResponse as _RecommendationResponse, RecommendationResponse__Output as _RecommendationResponse__Output } from './RecommendationResponse';

export interface RecommendationsClient extends grpc.Client {
  Recommend(argument: _RecommendationRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_RecommendationResponse__Output>): grpc.ClientUnaryCall;
  Recommend(argument: _RecommendationRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_RecommendationResponse__Output>): grpc.ClientUnaryCall;
  Recommend(argument: _RecommendationRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_RecommendationResponse__Output>): grpc.ClientUnaryCall;
  Recommend(argument: _RecommendationRequest, callback: grpc.requestCallback<_RecommendationResponse__Output>): grpc.ClientUnaryCall;
  recommend(argument: _RecommendationRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_RecommendationResponse__Output>): grpc.ClientUnaryCall;
  recommend(argument: _RecommendationRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_RecommendationResponse__Output>): grpc.ClientUnaryCall;
  recommend(argument: _RecommendationRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_RecommendationResponse__Output>): grpc.ClientUnaryCall;
  recommend(argument: _RecommendationRequest, callback: grpc.requestCallback<_RecommendationResponse__Output>): grpc.ClientUnaryCall;
  
}

export interface RecommendationsHandlers extends grpc.UntypedServiceImplementation {
  Recommend: grpc.handleUnaryCall<_RecommendationRequest__Output, _RecommendationResponse>;
  
}

export interface RecommendationsDefinition extends grpc.ServiceDefinition {
  Recommend: MethodDefinition<_RecommendationRequest, _RecommendationResponse, _RecommendationRequest__Output, _RecommendationResponse__Output>
}
