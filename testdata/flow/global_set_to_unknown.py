# A module-level name that a function sets to a value of which nothing is known, in the way of a flow.
import pickle
import socket

last_error = None


def prepare(plugins):
    global last_error
    try:
        plugins.start()
    except RuntimeError as error:
        last_error = error


def serve(sock, plugins):
    prepare(plugins)
    return pickle.loads(sock.recv(4096))  # want error PKL101


serve(socket.create_connection(("feed.example", 9100)), object())
