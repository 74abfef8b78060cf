# Code below `if __name__ == "__main__"` runs.
import pickle
import urllib.request


def load(data):
    return pickle.loads(data)  # want error PKL101 from net


if __name__ == "__main__":
    print(load(urllib.request.urlopen("https://example.com/state").read()))  # source net
