#!/usr/bin/env python3
"""Mutation check: changes the engine one operator at a time and says which changes no test notices.

    scripts/mutate.py [--count N] [--seed N] [--tests REGEXP] [FILE ...]

A change is made in an overlay (go test -overlay), so that no file of the tree is touched. What does not compile does not
count. The tests are a fast set; who survives it is worth a test or a look. Which changes are tried follows from the seed.
"""

import argparse
import glob
import json
import os
import random
import re
import subprocess
import sys
import tempfile

DEFAULT = [
    "pkg/taint/guard.go", "pkg/taint/checked.go", "pkg/taint/state.go", "pkg/taint/joinstate.go", "pkg/taint/joinvalue.go",
    "pkg/taint/value.go", "pkg/taint/pmap.go", "pkg/taint/cond.go", "pkg/taint/budget.go", "pkg/finding/identity.go",
    "pkg/finding/callshape.go", "pkg/finding/lex.go", "pkg/finding/confidence.go",
]
PACKAGES = {"pkg/taint": ["./pkg/taint", "./pkg/scan"], "pkg/finding": ["./pkg/finding"]}
TESTS = "Test(Flow|Project|CallIsBody|Join|Law|PMap|Identi|Ignore|Lex|Normal|Baseline|Confidence)"

# An operator: what it looks for in a line of code, and what it puts there.
OPERATORS = [
    (r" == ", " != "), (r" != ", " == "), (r" < ", " <= "), (r" <= ", " < "), (r" > ", " >= "), (r" >= ", " > "),
    (r" && ", " || "), (r" \|\| ", " && "), (r" \+ 1\b", ""), (r" - 1\b", ""), (r"(?<=[ (])!(?=[a-z])", ""),
    (r"\breturn true\b", "return false"), (r"\breturn false\b", "return true"), (r"\bcontinue\b", "break"),
    (r"\bmin\(", "max("), (r"\bmax\(", "min("),
]


def code_part(line):
    """Gives the line with strings and comments blanked out."""
    line = re.sub(r'"(?:[^"\\]|\\.)*"|`[^`]*`|\'(?:[^\'\\]|\\.)+\'', lambda m: " " * len(m[0]), line)
    return line.split("//")[0]


def mutants(path):
    with open(path, encoding="utf-8") as f:
        lines = f.read().split("\n")
    for n, line in enumerate(lines):
        code = code_part(line)
        for pattern, new in OPERATORS:
            for m in re.finditer(pattern, code):
                yield path, n, lines, line[: m.start()] + new + line[m.end() :]


def run(command):
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--count", type=int, default=40, help="changes to try")
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--tests", default=TESTS)
    p.add_argument("files", nargs="*")
    o = p.parse_args()
    os.chdir(os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
    files = o.files or [f for f in DEFAULT if glob.glob(f)]
    every = [m for f in files for m in mutants(f)]
    random.Random(o.seed).shuffle(every)
    tally = {"killed": 0, "survived": 0, "invalid": 0}
    with tempfile.TemporaryDirectory() as scratch:
        changed, overlay = os.path.join(scratch, "changed.go"), os.path.join(scratch, "overlay.json")
        for path, n, lines, line in every:
            if tally["killed"] + tally["survived"] >= o.count:
                break
            with open(changed, "w", encoding="utf-8") as f:
                f.write("\n".join(lines[:n] + [line] + lines[n + 1 :]))
            with open(overlay, "w", encoding="utf-8") as f:
                json.dump({"Replace": {os.path.abspath(path): changed}}, f)
            packages = PACKAGES[os.path.dirname(path)]
            if run(["go", "build", "-overlay", overlay, *packages]).returncode:
                tally["invalid"] += 1
                continue
            out = run(["go", "test", "-short", "-failfast", "-timeout", "10m", "-overlay", overlay, "-run", o.tests, *packages])
            verdict = "killed" if out.returncode else "survived"
            tally[verdict] += 1
            print(f"{verdict:8} {path}:{n + 1}: {lines[n].strip()}  ->  {line.strip()}", flush=True)
    print(", ".join(f"{n} {what}" for what, n in tally.items()), f"of {len(every)} possible changes")
    return 0 if tally["killed"] + tally["survived"] else 1


if __name__ == "__main__":
    sys.exit(main())
