# socketserver: the request of a handler is a socket.
import pickle
import socketserver


class Handler(socketserver.BaseRequestHandler):
    def handle(self):
        data = self.request.recv(65536)  # source data
        print(pickle.loads(data))  # want error PKL101 from data
