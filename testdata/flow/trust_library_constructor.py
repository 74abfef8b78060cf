# A path given to the constructor and loaded by another method.
import pickle


class CheckpointLoader:
    def __init__(self, load_path):  # source path
        self.load_path = load_path

    def __call__(self):
        with open(self.load_path, "rb") as handle:
            return pickle.load(handle)  # want note PKL101 from path
