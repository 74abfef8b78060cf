# gRPC: a method of a servicer gets the request message.
import pickle

from protos import service_pb2, service_pb2_grpc


class Inference(service_pb2_grpc.InferenceServicer):
    def Predict(self, request, context):  # source request
        arguments = pickle.loads(request.arguments)  # want error PKL101 from request
        return service_pb2.Reply(text=str(arguments))
