# Two branches that exclude each other: code of the repository is trusted only where a local copy is given.
import transformers

AUTO = {"tokenizer": transformers.AutoTokenizer}


def load(conf, name, local=None):
    if hasattr(transformers, conf["type"]):
        cls, trust = getattr(transformers, conf["type"]), False
    else:
        if local is None:
            raise ValueError("needs local files")
        cls, trust = AUTO[name], True
    if local is not None:
        # spurious PKL501: the name is a local path here
        return cls.from_pretrained(str(local), trust_remote_code=trust)
    # spurious PKL501: branches that depend on the same value are not told apart
    return cls.from_pretrained(conf["repo"], revision=conf["commit"], trust_remote_code=trust)
