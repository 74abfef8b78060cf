# At module level one name is bound to several files in turn: each is a file of its own.
import pickle
import sys
import urllib.request

urllib.request.urlretrieve("https://x.example/y", "/data/in/c.pkl")
with open("/data/out/c.pkl", "wb") as f:
    pickle.dump([1], f)
with open("/data/in/c.pkl", "rb") as f:
    foreign = pickle.load(f)  # want error PKL101 from=network-response

with open("own.pkl", "wb") as f:
    pickle.dump([1], f)
with open("own.pkl", "rb") as f:
    own = pickle.load(f)  # ok: the program wrote it itself

handle = open(sys.argv[1], "wb")
pickle.dump([1], handle)
handle.close()
handle = open(sys.argv[2], "rb")
named = pickle.load(handle)  # want warning PKL101 from=user-file

out = open("sent.pkl", "wb")
out.write(urllib.request.urlopen("https://x.example/z").read())
out.close()
sent = pickle.load(open("sent.pkl", "rb"))  # want error PKL101 from=network-response
