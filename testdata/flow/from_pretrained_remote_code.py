# trust_remote_code=True runs Python files of the repository.
from transformers import AutoModelForCausalLM, AutoTokenizer

COMMIT = "6a9dcb7f0e8a5a4e6a9b1bbd2a0c6a3a3f5d8e21"


def load():
    tokenizer = AutoTokenizer.from_pretrained("org/model", trust_remote_code=True)  # want error PKL501
    return tokenizer


def load_plain():
    return AutoTokenizer.from_pretrained("org/model")  # ok: a tokenizer is data


def load_dynamic(name):
    return AutoModelForCausalLM.from_pretrained(f"org/{name}", trust_remote_code=True, revision="main")  # want warning PKL501
