import pickle
import requests
<<<<<<< HEAD
x = 1
=======
x = 2
>>>>>>> branch


def restore(url):
    body = requests.get(url).content
    return pickle.loads(body)
