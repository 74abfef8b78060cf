# A column of a database row: whoever writes the database chooses it.
import pickle
import sqlite3


def restore(name):
    connection = sqlite3.connect("app.db")
    row = connection.execute("select state from states where name = ?", (name,)).fetchone()  # source row
    return pickle.loads(row[0])  # want warning PKL101 from row
