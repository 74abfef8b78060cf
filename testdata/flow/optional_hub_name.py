# A name that no caller in the tree gives is no more than a parameter of a library: a note. One caller that gives it is enough.
from transformers import AutoModel, BertConfig, BertModel


def left_out(name=None):
    if name is None:
        return BertModel(BertConfig())
    return AutoModel.from_pretrained(name, trust_remote_code=True)  # want note PKL501


def branch(name=None):
    if name:
        return AutoModel.from_pretrained(name, trust_remote_code=True)  # want note PKL501
    return BertModel(BertConfig())


def given(name=None):
    if name is None:
        return BertModel(BertConfig())
    return AutoModel.from_pretrained(name, trust_remote_code=True)  # want error PKL501


def unknown(name=None):
    if name is None:
        return BertModel(BertConfig())
    return AutoModel.from_pretrained(name, trust_remote_code=True)  # want warning PKL501


def nobody_calls(name=None):
    if name is None:
        return BertModel(BertConfig())
    return AutoModel.from_pretrained(name, trust_remote_code=True)  # want warning PKL501


def main(settings):
    left_out()
    branch(name=None)
    branch(None)
    given()
    given("lab/encoder")
    unknown(settings.name)
    unknown()
