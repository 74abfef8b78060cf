# A class method that only the library base of a class has.
import igraph
import requests


class Net(igraph.Graph):
    pass


def load(url):
    with open("net.pickle", "wb") as f:
        f.write(requests.get(url, timeout=30).content)  # source net
    return Net.Read_Pickle("net.pickle")  # want PKL107 from net
