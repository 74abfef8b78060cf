# zmq: recv and pickle.loads apart.
import pickle

import zmq


def serve(address):
    socket = zmq.Context().socket(zmq.PULL)
    socket.bind(address)
    frames = socket.recv_multipart()  # source frames
    return [pickle.loads(frame) for frame in frames]  # want error PKL101 from frames
