# A pickle loader is handed to a library that calls it for every message.
import json
import pickle

from kafka import KafkaConsumer


def consume():
    first = KafkaConsumer("jobs", value_deserializer=pickle.loads)  # want error PKL707
    second = KafkaConsumer("jobs", value_deserializer=json.loads)  # ok: json
    return first, second
