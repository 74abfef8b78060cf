import pickle

def f(x):
	if x:
        	return pickle.loads(x)
	return None
