# http.client: the response of a connection.
import http.client
import pickle


def restore(host):
    connection = http.client.HTTPSConnection(host, timeout=10)
    connection.request("GET", "/state")
    response = connection.getresponse()  # source net
    return pickle.loads(response.read())  # want error PKL101 from net
