# The address that a socket was given before decides how loud its receiving is.
from multiprocessing.connection import Client, Listener

import zmq

context = zmq.Context()


def public(port):
    socket = context.socket(zmq.PULL)
    socket.bind(f"tcp://*:{port}")
    return socket.recv_pyobj()  # want error PKL701


def local(port):
    socket = context.socket(zmq.PULL)
    socket.bind("tcp://127.0.0.1:%d" % port)
    return socket.recv_pyobj()  # want note PKL701


def pipe():
    socket = context.socket(zmq.PULL)
    socket.connect("ipc:///tmp/queue")
    return socket.recv_pyobj()  # want note PKL701


def unknown(address):
    socket = context.socket(zmq.PULL)
    socket.connect(address)
    return socket.recv_pyobj()  # want error PKL701


def _open(address):
    socket = context.socket(zmq.PULL)
    socket.connect(address)
    return socket


def through_a_helper():
    return _open("inproc://workers").recv_pyobj()  # want note PKL701


Listener(("0.0.0.0", 6000))  # want error PKL702
Listener(("", 6000), authkey=b"secret")  # want note PKL702
Listener(("127.0.0.1", 6000))  # want note PKL702
Client(("worker.internal", 6000))  # want warning PKL702
Listener("/tmp/socket")  # ok: a Unix socket
