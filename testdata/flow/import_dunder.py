# __import__ with a constant name is an import.
import requests


def fetch(url):
    body = requests.get(url, timeout=10).content  # source net
    return __import__("pickle").loads(body)  # want PKL101 from net
