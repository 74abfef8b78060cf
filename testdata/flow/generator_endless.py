# A generator that never comes to its end yields all the same.
import pickle
import redis


class Channel:
    def __init__(self, url):
        self.redis = redis.Redis.from_url(url)
        self.pubsub = self.redis.pubsub()

    def raw(self):
        while True:
            try:
                for message in self.pubsub.listen():
                    yield message
            except redis.RedisError:
                continue

    def messages(self):
        for message in self.raw():
            if message["type"] == "message":
                yield message["data"]

    def run(self):
        for data in self.messages():
            pickle.loads(data)  # want error PKL101 from=network-response


def forever(items):
    while True:
        yield from items


def served():
    raise_always()
    return pickle.loads(b"")


def raise_always():
    while True:
        pass


def own():
    for item in forever([pickle.dumps(1)]):
        pickle.loads(item)  # ok: its own


def checked(items, digest):
    import hashlib
    while True:
        item = next(items)
        if hashlib.sha256(item).hexdigest() != digest:
            raise ValueError
        yield item
