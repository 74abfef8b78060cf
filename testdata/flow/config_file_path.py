# A path that a configuration file names.
import configparser
import pickle


def load():
    config = configparser.ConfigParser()
    config.read("service.ini")
    path = config.get("model", "path")  # source config
    with open(path, "rb") as handle:
        return pickle.load(handle)  # want warning PKL101 from config
