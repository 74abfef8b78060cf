#!/usr/bin/env python3
"""What `pickletrace fix` does on trees: fixes.py [--program FILE] [--readme FILE] TREE...

Every tree is copied. In the copy the fixes that a SARIF report offers are counted, `pickletrace fix` writes them, and another
scan says which findings are gone, which are left and which are new; every file that was changed is parsed by Python. With
--readme the table is put between its marks in FILE."""
import argparse
import ast
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

import pages

BEGIN, END = "<!-- fixes -->", "<!-- end of fixes -->"


def scan(exe, tree):
    """The results of a scan: fingerprint → whether a fix is offered."""
    run = subprocess.run([exe, "scan", "--isolated", "--no-cache", "--exit-zero", "-q", "--fixes", "always", "-f", "sarif", "."],
                         cwd=tree, capture_output=True, text=True)
    results = json.loads(run.stdout)["runs"][0]["results"]
    return {json.dumps(r["partialFingerprints"], sort_keys=True): bool(r.get("fixes")) for r in results if not r.get("suppressions")}


def broken(before, after):
    """Changed files that Python does not parse, though it parsed them before."""
    n = changed = 0
    for file in sorted(after.rglob("*.py")):
        old = before / file.relative_to(after)
        if old.read_bytes() == file.read_bytes():
            continue
        changed += 1
        try:
            ast.parse(old.read_bytes())
        except (SyntaxError, ValueError):
            continue
        try:
            ast.parse(file.read_bytes())
        except (SyntaxError, ValueError):
            n += 1
    return changed, n


def measure(exe, source, tmp):
    tree = tmp / source.name
    shutil.copytree(source, tree, symlinks=True, ignore=shutil.ignore_patterns(".git"))
    before = scan(exe, tree)
    subprocess.run([exe, "fix", "--isolated", "."], cwd=tree, capture_output=True, check=False)
    after = scan(exe, tree)
    offered = [f for f, fix in before.items() if fix]
    changed, bad = broken(source, tree)
    shutil.rmtree(tree)
    return {"tree": source.name, "findings": len(before), "offered": len(offered), "gone": sum(f not in after for f in offered),
            "left": sum(f in after for f in offered), "new": sum(f not in before for f in after), "files": changed, "broken": bad}


def table(rows):
    keys = ["findings", "offered", "gone", "left", "new", "files", "broken"]
    heads = ["tree", "errors and warnings", "safe fixes offered", "finding gone", "left", "new findings", "files changed", "not parsed"]
    total = {"tree": f"all {len(rows)}", **{k: sum(r[k] for r in rows) for k in keys}}
    lines = [f"What `pickletrace fix` does without `--unsafe-fixes`, measured on {time.strftime('%Y-%m-%d', time.gmtime())} with `make fixes`.", "",
             "| " + " | ".join(heads) + " |", "|---" * len(heads) + "|"]
    lines += ["| " + " | ".join([r["tree"], *(str(r[k]) for k in keys)]) + " |" for r in [*rows, total]]
    return "\n".join(lines)


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--program", type=pathlib.Path)
    p.add_argument("--readme", type=pathlib.Path)
    p.add_argument("trees", nargs="+", type=pathlib.Path)
    args = p.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        tmp = pathlib.Path(folder)
        exe = args.program and args.program.resolve()
        if not exe:
            exe = tmp / "bin" / "pickletrace"
            subprocess.run(["go", "build", "-o", str(exe), "./cmd/pickletrace"], cwd=pathlib.Path(__file__).resolve().parent.parent, check=True)
        rows = []
        for source in args.trees:
            rows.append(measure(exe, source.resolve(), tmp))
            print(rows[-1], file=sys.stderr, flush=True)
    text = table(rows)
    if not args.readme:
        print(text)
        return
    new, _ = pages.between(args.readme, BEGIN, END, text)
    args.readme.write_text(new)


if __name__ == "__main__":
    main()
