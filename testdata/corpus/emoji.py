import pickle
import requests
s = "😀" * 3; pickle.loads(requests.get("http://x/😀").content)
