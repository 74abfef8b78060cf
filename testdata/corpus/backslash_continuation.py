import pickle
import requests
x = 1 + \
    2
assert x, \
  "three"
body = requests.get("http://x").content; \
pickle.loads(body)
