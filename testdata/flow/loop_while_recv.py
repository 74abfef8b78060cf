# A socket read with a length prefix.
import pickle
import socket
import struct


def _recv_exactly(connection, count):
    data = b""
    while len(data) < count:
        chunk = connection.recv(count - len(data))  # source net
        if not chunk:
            raise ConnectionError("closed")
        data += chunk
    return data


def serve(port):
    listener = socket.socket()
    listener.bind(("0.0.0.0", port))
    listener.listen()
    connection, peer = listener.accept()
    print(peer)
    size = struct.unpack("!I", _recv_exactly(connection, 4))[0]
    return pickle.loads(_recv_exactly(connection, size))  # want error PKL101 from net
