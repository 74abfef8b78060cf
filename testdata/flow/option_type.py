# The function that an option of the command line goes through checks what the option holds.
import argparse
import re

from transformers import AutoModel

COMMIT = re.compile(r"[0-9a-f]{40}")


def commit(text):
    if COMMIT.fullmatch(text) is None:
        raise argparse.ArgumentTypeError(text)
    return text


def branch(text):
    if re.fullmatch(r"[a-z0-9/]+", text):
        return text
    raise argparse.ArgumentTypeError(text)


def pinned():
    parser = argparse.ArgumentParser()
    parser.add_argument("--commit", type=commit, required=True)
    args = parser.parse_args()
    return AutoModel.from_pretrained("lab/one", revision=args.commit, trust_remote_code=True)  # want note PKL501


def named():
    parser = argparse.ArgumentParser()
    parser.add_argument("--branch", type=branch, required=True)
    args = parser.parse_args()
    return AutoModel.from_pretrained("lab/two", revision=args.branch, trust_remote_code=True)  # want error PKL501


def unchecked():
    parser = argparse.ArgumentParser()
    parser.add_argument("--revision", type=str, required=True)
    args = parser.parse_args()
    return AutoModel.from_pretrained("lab/three", revision=args.revision, trust_remote_code=True)  # want warning PKL501
