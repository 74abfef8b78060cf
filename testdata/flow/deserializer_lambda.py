# A lambda that unpickles is handed to the library.
import pickle

from kafka import KafkaConsumer


def consume():
    return KafkaConsumer("jobs", value_deserializer=lambda raw: pickle.loads(raw))  # want error PKL101 from=remote-request
