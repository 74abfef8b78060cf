# Decodings of a transport keep the taint.
import base64
import binascii
import bz2
import gzip
import lzma
import pickle
import zlib

import requests


def restore(url):
    text = requests.get(url, timeout=10).text  # source net
    return (
        pickle.loads(base64.b64decode(text)),  # want error PKL101 from net
        pickle.loads(base64.urlsafe_b64decode(text)),  # want error PKL101 from net
        pickle.loads(binascii.unhexlify(text)),  # want error PKL101 from net
        pickle.loads(bytes.fromhex(text)),  # want error PKL101 from net
        pickle.loads(zlib.decompress(text.encode())),  # want error PKL101 from net
        pickle.loads(gzip.decompress(text.encode())),  # want error PKL101 from net
        pickle.loads(bz2.decompress(text.encode())),  # want error PKL101 from net
        pickle.loads(lzma.decompress(text.encode())),  # want error PKL101 from net
    )
