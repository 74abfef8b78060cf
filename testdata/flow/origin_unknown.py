# Where data comes from that nobody knows: the trace begins where it is got, and never calls the sink its own source.
import pickle

from somewhere import fetch_it, table


def called():
    data = fetch_it()  # source got
    return pickle.loads(data)  # want note PKL101 from got


def looked_up(key):
    entry = table.rows[0]  # source row
    return pickle.loads(entry)  # want note PKL101 from row
