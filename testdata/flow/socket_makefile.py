# A socket as a file.
import pickle
import socket


def restore(host):
    with socket.create_connection((host, 9000)) as connection:
        with connection.makefile("rb") as stream:  # source net
            return pickle.load(stream)  # want error PKL101 from net
