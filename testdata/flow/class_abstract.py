# An abstract base class: the concrete method is found through the instance that is built.
import abc
import pickle

import requests


class Transport(abc.ABC):
    @abc.abstractmethod
    def receive(self):
        ...

    def receive_object(self):
        return pickle.loads(self.receive())  # want PKL101 from net


class HTTPTransport(Transport):
    def __init__(self, url):
        self.url = url

    def receive(self):
        with requests.get(self.url, timeout=10) as response:  # source net
            return response.content


def restore(url):
    transport = HTTPTransport(url)
    return transport.receive_object()
