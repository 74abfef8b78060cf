# A downloaded file that is read as JSON.
import json
import urllib.request


def restore(url):
    urllib.request.urlretrieve(url, "state.json")
    with open("state.json") as handle:
        return json.load(handle)  # ok: json
