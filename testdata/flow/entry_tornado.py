# tornado: the body of the request of a handler.
import pickle

import tornado.web


class Restore(tornado.web.RequestHandler):
    def post(self):
        body = self.request.body  # source body
        self.write(str(pickle.loads(body)))  # want error PKL101 from body
