"""Module.

>>> import pickle
>>> pickle.loads(x)
"""
