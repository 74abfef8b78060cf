# RabbitMQ: the callback gets the body of the message.
import pickle

import pika


def on_message(channel, method, properties, body):  # source body
    print(pickle.loads(body))  # want error PKL101 from body
    channel.basic_ack(method.delivery_tag)


def consume():
    connection = pika.BlockingConnection(pika.ConnectionParameters("localhost"))
    channel = connection.channel()
    channel.basic_consume("jobs", on_message_callback=on_message)
    channel.start_consuming()
