# A file that this program writes and reads back.
import pickle


def save(state):
    with open("state.pkl", "wb") as handle:
        pickle.dump(state, handle)


def load():
    with open("state.pkl", "rb") as handle:
        return pickle.load(handle)  # ok: our own file
