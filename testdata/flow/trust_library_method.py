# A public method of a public class.
import pickle


class Model:
    def __init__(self, weights):
        self.weights = weights

    @classmethod
    def load(cls, path):  # source path
        with open(path, "rb") as handle:
            return cls(pickle.load(handle))  # want note PKL101 from path
