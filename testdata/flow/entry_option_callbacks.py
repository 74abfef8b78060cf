"""Functions that read an option as it is parsed get what the user has written."""

import argparse
import json
import pickle

import click
import typer
import yaml


class Restore(argparse.Action):
    def __init__(self, option_strings, dest, **kwargs):
        super().__init__(option_strings, dest, **kwargs)

    def __call__(self, parser, namespace, values, option_string=None):
        with open(values, "rb") as f:
            setattr(namespace, self.dest, pickle.load(f))  # want warning PKL101


class Pair(argparse.Action):
    def __call__(self, parser, namespace, values, option_string=None):
        key, value = values.split("=", 1)
        setattr(namespace, key, yaml.unsafe_load(value))  # want warning PKL401


class Safe(argparse.Action):
    def __call__(self, parser, namespace, values, option_string=None):
        setattr(namespace, self.dest, json.loads(values))  # ok: JSON


def snapshot(path):
    with open(path, "rb") as f:
        return pickle.load(f)  # want warning PKL101


def in_group(path):
    with open(path, "rb") as f:
        return pickle.load(f)  # want warning PKL101


def unused(path):
    with open(path, "rb") as f:
        return pickle.load(f)  # want note PKL101


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--restore", action=Restore)
    parser.add_argument("--snapshot", type=snapshot)
    group = parser.add_argument_group("files")
    group.add_argument("--other", type=in_group)
    group.add_argument("--count", type=int)
    parser.parse_args()


def on_state(ctx, param, value):
    with open(value, "rb") as f:
        return pickle.load(f)  # want warning PKL101


@click.command()
@click.option("--state", callback=on_state)
def run(state):
    print(state)


def on_cache(value: str):
    with open(value, "rb") as f:
        return pickle.load(f)  # want warning PKL101


def serve(cache: str = typer.Option("x", callback=on_cache)):
    print(cache)
