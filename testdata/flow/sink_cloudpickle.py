# cloudpickle and dill read the same format.
import cloudpickle
import dill
import requests


def load(url):
    body = requests.get(url, timeout=10).content  # source net
    return cloudpickle.loads(body), dill.loads(body)  # want error PKL102 from net
