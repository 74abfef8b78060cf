# A trace of an option of the command line begins where the option is declared, whatever the way it is read.
import argparse
import optparse
import pickle

import click
import typer


def build_parser():
    parser = argparse.ArgumentParser()
    parser.add_argument("-i", "--in-file")  # source flag
    parser.add_argument("--state", dest="saved")  # source dest
    parser.add_argument("table")  # source positional
    group = parser.add_argument_group("more")
    group.add_argument("--extra", type=str)  # source grouped
    return parser


def read(path):
    with open(path, "rb") as handle:
        return pickle.load(handle)  # want warning PKL101 from flag


def main():
    args = build_parser().parse_args()
    read(args.in_file)
    with open(args.saved, "rb") as handle:
        pickle.load(handle)  # want warning PKL101 from dest
    with open(vars(args)["table"], "rb") as handle:
        pickle.load(handle)  # want warning PKL101 from positional
    with open(getattr(args, "extra"), "rb") as handle:
        pickle.load(handle)  # want warning PKL101 from grouped


def old():
    parser = optparse.OptionParser()
    parser.add_option("--dump")  # source old
    options, rest = parser.parse_args()  # source rest
    with open(options.dump, "rb") as handle:
        pickle.load(handle)  # want warning PKL101 from old


def undeclared():
    args = argparse.ArgumentParser().parse_args()  # source whole
    with open(args.elsewhere, "rb") as handle:
        pickle.load(handle)  # want warning PKL101 from whole


@click.command()
@click.option("--ckpt-path", "-c", required=True)  # source click
@click.option("--on/--off", default=True)
def show(ckpt_path, on):
    with open(ckpt_path, "rb") as handle:
        pickle.load(handle)  # want warning PKL101 from click


app = typer.Typer()


@app.command()
def go(path: str = typer.Option(..., "--path")):  # source typer
    with open(path, "rb") as handle:
        pickle.load(handle)  # want warning PKL101 from typer
