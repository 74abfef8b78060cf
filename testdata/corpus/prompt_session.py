>>> import pickle
>>> pickle.loads(x)
Traceback (most recent call last):
