# A doubtful flow does not hide that the call alone is worse.
import requests
from transformers.dynamic_module_utils import get_class_from_dynamic_module

from somewhere import resolve


class Settings:
    def __init__(self, url):
        self.name = resolve(requests.get(url).text)


class Loader:
    def __init__(self, settings):
        self.settings = settings

    def make(self):
        return get_class_from_dynamic_module("code.Model", self.settings.name)  # want warning PKL501


def start(url):
    return Loader(Settings(url))
