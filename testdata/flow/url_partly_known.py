# A call that downloads by itself is one for every text that begins with the scheme of an address, whatever follows.
import pandas as pd

BASE = "https://feeds.example.com/daily"


class Feed:
    def __init__(self, host, folder):
        self.host = host
        self.folder = folder

    def address(self, day):
        return f"https://{self.host}/{day:%Y-%m-%d}.pkl"

    def day(self, day):
        return pd.read_pickle(self.address(day))  # want error PKL303  # want note PKL302

    def joined(self, day):
        return pd.read_pickle("/".join([BASE, str(day), "prices.pkl"]))  # want error PKL303  # want note PKL302

    def local(self, day):
        return pd.read_pickle(f"{self.folder}/{day}.pkl")  # want note PKL302

    def named(self, scheme, day):
        return pd.read_pickle("".join([scheme, "://feeds.example.com/", day]))  # want note PKL302
