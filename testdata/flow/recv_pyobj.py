# zmq: recv_pyobj receives and unpickles in one call.
import zmq


def serve():
    context = zmq.Context()
    socket = context.socket(zmq.PULL)
    socket.bind("tcp://*:5555")
    while True:
        print(socket.recv_pyobj())  # want error PKL701


def serve_json(address):
    socket = zmq.Context.instance().socket(zmq.SUB)
    socket.connect(address)
    return socket.recv_json()  # ok: json
