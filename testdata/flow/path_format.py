# str.format and % build paths too.
import pickle
import sys


def main():
    name = sys.argv[1]  # source argv
    first = pickle.load(open("models/{}.pkl".format(name), "rb"))  # want note PKL101 from argv
    second = pickle.load(open("models/%s.pkl" % name, "rb"))  # want note PKL101 from argv
    third = pickle.load(open("models/" + name + ".pkl", "rb"))  # want note PKL101 from argv
    return first, second, third


main()
