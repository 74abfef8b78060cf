# PyYAML: the loader decides.
import requests
import yaml


def load(url):
    text = requests.get(url, timeout=10).text  # source net
    first = yaml.load(text, Loader=yaml.Loader)  # want error PKL401 from net
    second = yaml.load(text, yaml.UnsafeLoader)  # want error PKL401 from net
    third = yaml.unsafe_load(text)  # want error PKL401 from net
    safe = yaml.safe_load(text), yaml.load(text, Loader=yaml.SafeLoader)  # ok: plain values
    return first, second, third, safe
