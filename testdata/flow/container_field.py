# What one method puts into a container that a field holds, another takes out, under whatever key.
import collections
import pickle

import requests


class Mailbox:
    def __init__(self):
        self.letters = {}
        self.drafts = {}
        self.ring = collections.deque(maxlen=8)

    def collect(self, name, url):
        self.letters[name] = requests.get(url).content  # source letter

    def compose(self, name):
        self.drafts[name] = pickle.dumps(name)

    def listen(self, url):
        self.ring.append(requests.get(url).content)  # source ring

    def read(self, name):
        return pickle.loads(self.letters[name])  # want error PKL101 from letter

    def edit(self, name):
        return pickle.loads(self.drafts[name])  # ok: what the program wrote itself

    def newest(self):
        return pickle.loads(self.ring[-1])  # want error PKL101 from ring


class Nested:
    def __init__(self):
        self.jobs = {}

    def submit(self, key, url):
        self.jobs.setdefault(key, []).append({"body": requests.get(url).content, "state": b"new"})  # source job

    def run(self, key):
        for job in self.jobs[key]:
            pickle.loads(job["body"])  # want error PKL101 from job

    def state(self, key):
        return pickle.loads(self.jobs[key][0]["state"])  # ok: another key of the same entry


class Keys:
    def __init__(self):
        self.parts = {}

    def fetch(self, url):
        self.parts["note"] = requests.get(url).content
        self.parts.update({"blob": requests.get(url).content})  # source part

    def own(self):
        self.parts["own"] = pickle.dumps([1])

    def blob(self):
        return pickle.loads(self.parts.get("blob"))  # want error PKL101 from part

    def mine(self):
        return pickle.loads(self.parts["own"])  # ok: only this program writes under that key


class Filled:
    def __init__(self, urls):
        self.pages = []
        self.sizes = []
        for url in urls:
            page = requests.get(url)  # source page
            self.pages.append(page.content)
            self.sizes.append(pickle.dumps(len(urls)))

    def first(self):
        return pickle.loads(self.pages[0])  # want error PKL101 from page

    def size(self):
        return pickle.loads(self.sizes[0])  # ok: numbers of its own


class Shelf:
    def __init__(self):
        self.books = {}

    def put(self, key, book):
        self.books[key] = book

    def open(self, key):
        return pickle.loads(self.books.pop(key))  # want error PKL101 from book


class Library:
    def __init__(self):
        self.shelf = Shelf()

    def order(self, key, url):
        self.shelf.put(key, requests.get(url).content)  # source book
