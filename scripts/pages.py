"""Texts that scripts write into pages, between marks."""
import sys


def between(page, begin, end, text):
    """Gives the page with the text between its marks, and what it is now."""
    now = page.read_text()
    before, mark, rest = now.partition(begin)
    _, last, after = rest.partition(end)
    if not mark or not last:
        sys.exit(f"{page} has no {begin} … {end}")
    return f"{before}{begin}\n{text}\n{end}{after}", now
