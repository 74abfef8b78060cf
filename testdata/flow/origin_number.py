# A number out of the environment is no data, with a default or without, nor is an object that keeps it.
import os
import pickle


class Limits:
    def __init__(self):
        self.retries = int(os.getenv("RETRIES", "5"))
        self.pause = float(os.getenv("PAUSE"))


class Settings:
    def __init__(self):
        self.folder = os.getenv("FOLDER", "data")  # source folder


def number():
    return pickle.loads(int(os.getenv("NUMBER", "3")))  # ok: a number


def of_limits():
    return pickle.loads(Limits().client())  # want note PKL101


def of_settings():
    return pickle.loads(Settings().client())  # want warning PKL101 from folder
