"""The tutorial's client: asks `host:port` once and prints the answer as JSON.

Usage: client.py host:port '{"user_id": 1, "category": "SCIENCE_FICTION", "max_results": 2}'
"""

import json
import sys

import grpc
from google.protobuf import json_format
from recommendations_pb2 import RecommendationRequest
from recommendations_pb2_grpc import RecommendationsStub

request = json_format.ParseDict(json.loads(sys.argv[2]), RecommendationRequest())
with grpc.insecure_channel(sys.argv[1]) as channel:
    try:
        response = RecommendationsStub(channel).Recommend(request, timeout=10)
        print(json.dumps({"books": [[book.id, book.title] for book in response.recommendations]}))
    except grpc.RpcError as error:
        print(json.dumps({"code": error.code().name, "details": error.details()}))
