# shutil.copyfileobj copies from one stream to the other.
import io
import pickle
import shutil
import urllib.request


def restore(url):
    stream = io.BytesIO()
    with urllib.request.urlopen(url) as reply:  # source net
        shutil.copyfileobj(reply, stream)
    stream.seek(0)
    return pickle.load(stream)  # want error PKL101 from net
