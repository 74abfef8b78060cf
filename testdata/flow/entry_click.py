# click: parameters of a command come from the command line.
import pickle

import click


@click.command()
@click.argument("path")  # source path
@click.option("--count", type=int, default=1)
def show(path, count):
    with open(path, "rb") as handle:
        for _ in range(count):
            print(pickle.load(handle))  # want warning PKL101 from path


if __name__ == "__main__":
    show()
