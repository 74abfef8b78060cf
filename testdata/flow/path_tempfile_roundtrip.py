# A temporary file that holds the program's own objects.
import pickle
import tempfile


def copy(value):
    with tempfile.TemporaryFile() as handle:
        pickle.dump(value, handle)
        handle.seek(0)
        return pickle.load(handle)  # ok: written by pickle.dump just before
