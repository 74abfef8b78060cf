# asyncio.Protocol: data_received gets the bytes.
import asyncio
import pickle


class Server(asyncio.Protocol):
    def connection_made(self, transport):
        self.transport = transport

    def data_received(self, data):  # source data
        self.transport.write(str(pickle.loads(data)).encode())  # want error PKL101 from data
