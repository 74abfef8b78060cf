# A path from argparse: a warning.
import argparse
import pickle


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", required=True)  # source cli
    args = parser.parse_args()
    with open(args.model, "rb") as handle:
        return pickle.load(handle)  # want warning PKL101 from cli


if __name__ == "__main__":
    main()
