# Who has a context of gRPC is a handler: its request was sent by a client.
import pickle
from functools import wraps

import grpc


class Replica:
    def handle(self, request, context: grpc.ServicerContext):  # source handled
        return pickle.loads(request.payload)  # want error PKL101 from handled

    def status(self, name: str, context: grpc.ServicerContext):
        return name

    def local(self, request, context):
        return request


def unpickled(method):
    @wraps(method)
    async def wrapper(self, request, context: "grpc.aio.ServicerContext"):  # source wrapped
        metadata = pickle.loads(request.metadata)  # want error PKL101 from wrapped
        return await method(self, context, metadata)

    return wrapper


class Wrapped:
    @unpickled
    async def Call(self, context, metadata):
        return metadata
