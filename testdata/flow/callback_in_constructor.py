# A constructor registers a method that reads what the constructor stores.
import pickle

import paho.mqtt.client as mqtt


class Listener:
    def __init__(self, model):
        self.model = model
        self.client = mqtt.Client()
        self.client.on_message = self._receive

    def _receive(self, client, userdata, message):  # source message
        state = pickle.loads(message.payload)  # want error PKL101 from message
        self.model.use(state)


class Private:
    def __init__(self, model):
        self.model = model
        self.client = mqtt.Client()
        self.client.on_message = self._print

    def _print(self, client, userdata, message):
        self.model.show(message.payload)

    def _receive(self, message):
        state = pickle.loads(message)  # want note PKL101
        self.model.use(state)
