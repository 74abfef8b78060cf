# Sigstore: a policy that anybody meets is no check, and neither is an identity that came with the file.
import pickle

import requests
from sigstore.models import Bundle
from sigstore.verify import Verifier, policy
from sigstore.verify.policy import Identity, UnsafeNoOp

ANYBODY = UnsafeNoOp()
TEAM = Identity(identity="release@example.com", issuer="https://accounts.example.com")


def fetch(url):
    return requests.get(url).content  # source net


def by_team(url):
    data = fetch(url)
    Verifier.production().verify_artifact(data, Bundle.from_json(fetch(url + ".sigstore")), TEAM)
    return pickle.loads(data)  # ok: signed by the team


def by_anybody(url):
    data = fetch(url)
    Verifier.production().verify_artifact(data, Bundle.from_json(fetch(url + ".sigstore")), ANYBODY)
    return pickle.loads(data)  # want PKL101 from net


def by_anybody_inline(url):
    data = fetch(url)
    Verifier.production().verify_artifact(data, Bundle.from_json(fetch(url + ".sigstore")), policy=policy.UnsafeNoOp())
    return pickle.loads(data)  # want PKL101 from net


def by_whom_they_say(url):
    data = fetch(url)
    who = requests.get(url + ".json").json()
    Verifier.production().verify_artifact(data, Bundle.from_json(fetch(url + ".sigstore")), Identity(identity=who["name"]))
    return pickle.loads(data)  # want PKL101 from net
