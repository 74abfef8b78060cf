# shutil.unpack_archive.
import pickle
import shutil
import urllib.request
from pathlib import Path


def restore(url):
    folder = Path("bundle")
    archive, headers = urllib.request.urlretrieve(url, "bundle.zip")  # source net
    shutil.unpack_archive(archive, folder)
    return pickle.loads((folder / "state.pkl").read_bytes()), headers  # want error PKL101 from net
