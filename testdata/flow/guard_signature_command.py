# Programs that check a signature: the file is checked where the program that failed would have been noticed.
import os
import pickle
import subprocess

import requests


def fetch(url, path):
    with open(path, "wb") as f:
        f.write(requests.get(url).content)  # source net


def checked(url):
    fetch(url, "a.pkl")
    subprocess.run(["gpg", "--verify", "a.sig", "a.pkl"], check=True)
    with open("a.pkl", "rb") as f:
        return pickle.load(f)  # ok: run raises


def unnoticed(url):
    fetch(url, "b.pkl")
    subprocess.run(["gpg", "--verify", "b.sig", "b.pkl"])
    with open("b.pkl", "rb") as f:
        return pickle.load(f)  # want PKL101 from net


def by_status(url):
    fetch(url, "c.pkl")
    done = subprocess.run(["gpg", "--verify", "c.sig", "c.pkl"], check=False)
    if done.returncode:
        raise ValueError("bad signature")
    with open("c.pkl", "rb") as f:
        return pickle.load(f)  # ok: it ended well


def wrong_way(url):
    fetch(url, "d.pkl")
    done = subprocess.run(["gpg", "--verify", "d.sig", "d.pkl"])
    if done.returncode == 0:
        raise ValueError("good signature")
    with open("d.pkl", "rb") as f:
        return pickle.load(f)  # want PKL101 from net


def by_system(url):
    fetch(url, "e.pkl")
    if os.system("cosign verify-blob --key cosign.pub --signature e.sig e.pkl") != 0:
        raise SystemExit(1)
    with open("e.pkl", "rb") as f:
        return pickle.load(f)  # ok: cosign


def other_file(url):
    fetch(url, "f.pkl")
    subprocess.check_call(["cosign", "verify-blob", "--key", "cosign.pub", "--signature", "f.sig", "other.pkl"])
    with open("f.pkl", "rb") as f:
        return pickle.load(f)  # want PKL101 from net


def no_identity(url):
    fetch(url, "g.pkl")
    subprocess.check_call(["cosign", "verify-blob", "--signature", "g.sig", "g.pkl"])
    with open("g.pkl", "rb") as f:
        return pickle.load(f)  # want PKL101 from net


def key_of_server(url):
    fetch(url, "h.pkl")
    fetch(url + ".pub", "h.pub")
    subprocess.check_call(["minisign", "-Vm", "h.pkl", "-p", "h.pub"])
    with open("h.pkl", "rb") as f:
        return pickle.load(f)  # want PKL101 from net


def key_of_project(url):
    fetch(url, "i.pkl")
    subprocess.check_call(["minisign", "-Vm", "i.pkl", "-P", "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3"])
    with open("i.pkl", "rb") as f:
        return pickle.load(f)  # ok: the key stands here


def verify(path, signature):
    subprocess.run(["openssl", "dgst", "-sha256", "-verify", "team.pem", "-signature", signature, path], check=True)


def in_helper(url):
    fetch(url, "j.pkl")
    verify("j.pkl", "j.sig")
    with open("j.pkl", "rb") as f:
        return pickle.load(f)  # ok: the helper raises


def before_download(url):
    verify("k.pkl", "k.sig")
    fetch(url, "k.pkl")
    with open("k.pkl", "rb") as f:
        return pickle.load(f)  # want PKL101 from net
