import pickle
import requests
x = f"{"a" + f"{1:>{2}}" + 'b'!r:>{10}}"
y = f"""{
    x  # a comment in an f-string
}"""
z = f"{x=} {{literal}} {lambda_:=^10}"


def restore(url):
    body = requests.get(url).content
    return pickle.loads(body)
