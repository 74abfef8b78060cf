import pickle
import requests
übergabe = pickle
ﬁle = 1

def höle(地址):
    return übergabe.loads(requests.get(地址).content)
