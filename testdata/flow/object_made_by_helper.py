# A function that only makes an object is entered, however long it is: the object's methods are sources.
import pickle
import socket


class Pool:
    def __init__(self, hosts, timeout):
        self.hosts = list(hosts)
        self.timeout = float(timeout)
        self.idle = {}
        self.failures = {}

    def connection(self, host):
        server, instance = host
        port = self.hosts[(server, instance)]
        pool = self.idle[host]
        try:
            return pool.pop()
        except KeyError:
            pass
        print("new connection to %s" % str(host))
        conn = socket.socket()
        conn.settimeout(self.timeout)
        try:
            conn.connect((server, port))
        except OSError:
            self.failures[host] = self.failures.get(host, 0) + 1
            raise
        else:
            conn.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
            return conn

    def query(self, host, metric):
        conn = self.connection(host)
        try:
            conn.sendall(pickle.dumps({"metric": metric}))
            result = self.response(conn)
        except OSError:
            self.failures[host] = 1
            raise
        else:
            self.idle[host].add(conn)
            return result

    def response(self, conn):
        return pickle.loads(exactly(conn, 8))  # want error PKL101 from=network-response


def exactly(conn, size):
    buf = b""
    while len(buf) < size:
        data = conn.recv(size - len(buf))
        if not data:
            raise EOFError
        buf += data
    return buf
