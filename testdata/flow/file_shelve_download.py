# A downloaded database that is opened as a shelf.
import shelve
import urllib.request


def restore_named(url):
    urllib.request.urlretrieve(url, "other")  # source named
    with shelve.open("other") as shelf:  # want error PKL104 from named
        return dict(shelf)
