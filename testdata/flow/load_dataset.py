# datasets.load_dataset runs a loading script only when told to trust it.
from datasets import load_dataset


def load():
    first = load_dataset("org/corpus", trust_remote_code=True)  # want error PKL501
    second = load_dataset("org/corpus")  # ok: not trusted
    third = load_dataset("json", data_files="train.json")  # ok: a built-in reader
    return first, second, third
