# The socket is a field that another method sets.
import zmq


class Worker:
    def __init__(self, address):
        self.context = zmq.Context()
        self.socket = self.context.socket(zmq.PULL)
        self.socket.connect(address)

    def step(self):
        job = self.socket.recv_pyobj()  # want error PKL701
        return job
