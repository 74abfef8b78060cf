# click: a command of a group, and a helper that opens the file.
import pickle

import click


@click.group()
def cli():
    pass


def _read(path):
    with open(path, "rb") as handle:
        return pickle.load(handle)  # want warning PKL101 from path


@cli.command("show")
@click.option("--path", type=click.Path(exists=True))  # source path
def show(path):
    print(_read(path))
