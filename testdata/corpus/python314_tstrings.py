import pickle
import requests
name = "x"
query = t"select {name!r:>10} from t"


def restore(url):
    body = requests.get(url).content
    return pickle.loads(body)
