# A __getattr__ or an operator that only raises says what is wrong with a name; where the attribute is there, nobody calls it.
import pickle
import socket


class Metrics:
    def __init__(self):
        self.total = 0

    def __getattr__(self, name):
        raise AttributeError(f"Metrics has no {name}")

    def __add__(self, other):
        raise TypeError("metrics are merged, not added")


class Peer:
    def __init__(self, sock, metrics: Metrics):
        self.sock = sock
        self.metrics = Metrics()

    def step(self):
        if self.metrics.matrix is None:
            self.metrics.matrix = []
        self.metrics + self.metrics
        return pickle.loads(self.sock.recv(4096))  # want error PKL101


def serve():
    listener = socket.create_server(("", 9000))
    conn, _ = listener.accept()
    return Peer(conn, Metrics()).step()
