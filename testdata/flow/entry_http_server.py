# http.server: rfile of a handler.
import pickle
from http.server import BaseHTTPRequestHandler


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        size = int(self.headers["Content-Length"])
        body = self.rfile.read(size)  # source body
        self.send_response(200)
        self.end_headers()
        self.wfile.write(str(pickle.loads(body)).encode())  # want error PKL101 from body
