# Kafka: the value of a message.
import pickle

from kafka import KafkaConsumer


def consume():
    consumer = KafkaConsumer("jobs")  # source jobs
    for message in consumer:
        print(pickle.loads(message.value))  # want error PKL101 from jobs
