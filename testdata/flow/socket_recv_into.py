# recv_into fills a buffer.
import pickle
import socket


def restore(host):
    connection = socket.create_connection((host, 9000))
    buffer = bytearray(65536)
    count = connection.recv_into(buffer)  # source net
    return pickle.loads(buffer[:count])  # want error PKL101 from net
