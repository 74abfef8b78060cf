# The classic read loop with a walrus.
import pickle
import socket


def receive(host):
    connection = socket.create_connection((host, 9000))
    data = b""
    while chunk := connection.recv(4096):  # source net
        data += chunk
    return pickle.loads(data)  # want error PKL101 from net
