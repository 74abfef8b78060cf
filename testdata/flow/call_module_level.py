# Statements at module level, outside any function.
import pickle
import urllib.request

with urllib.request.urlopen("https://example.com/state") as reply:  # source net
    STATE = pickle.loads(reply.read())  # want error PKL101 from net
