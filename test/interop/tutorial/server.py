"""The tutorial's server: three books in each of three categories. Prints its port.

It knows nothing of authors, reasons or similar books, and takes min() of what is asked for and
what there is.
"""

import random
from concurrent import futures

import grpc
import recommendations_pb2_grpc
from recommendations_pb2 import BookCategory, BookRecommendation, RecommendationResponse

BOOKS = {
    BookCategory.MYSTERY: [
        BookRecommendation(id=1, title="The Maltese Falcon"),
        BookRecommendation(id=2, title="Murder on the Orient Express"),
        BookRecommendation(id=3, title="The Hound of the Baskervilles"),
    ],
    BookCategory.SCIENCE_FICTION: [
        BookRecommendation(id=4, title="The Hitchhiker's Guide to the Galaxy"),
        BookRecommendation(id=5, title="Ender's Game"),
        BookRecommendation(id=6, title="The Dune Chronicles"),
    ],
    BookCategory.SELF_HELP: [
        BookRecommendation(id=7, title="The 7 Habits of Highly Effective People"),
        BookRecommendation(id=8, title="How to Win Friends and Influence People"),
        BookRecommendation(id=9, title="Man's Search for Meaning"),
    ],
}


class Recommendations(recommendations_pb2_grpc.RecommendationsServicer):
    def Recommend(self, request, context):
        if request.category not in BOOKS:
            context.abort(grpc.StatusCode.NOT_FOUND, "Category not found")
        books = BOOKS[request.category]
        count = min(request.max_results, len(books))
        return RecommendationResponse(recommendations=random.sample(books, count))


server = grpc.server(futures.ThreadPoolExecutor(max_workers=4))
recommendations_pb2_grpc.add_RecommendationsServicer_to_server(Recommendations(), server)
port = server.add_insecure_port("127.0.0.1:0")
server.start()
print(port, flush=True)
server.wait_for_termination()
