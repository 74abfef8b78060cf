# The user gives the digest on the command line.
import argparse
import hashlib
import pickle

import requests


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("url")
    parser.add_argument("--sha256", required=True)
    args = parser.parse_args()
    body = requests.get(args.url, timeout=10).content
    if hashlib.sha256(body).hexdigest() != args.sha256:
        raise SystemExit("bad digest")
    return pickle.loads(body)  # ok: the user vouches for it


main()
