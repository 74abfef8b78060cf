#!/usr/bin/env python3
"""What scans of trees cost: CPU time and peak memory of parsing alone, of a scan with nothing kept from earlier ones (cold),
of one of an unchanged tree (warm), of one after three files changed, wall time with one and with two workers, and the CPU
time of other tools, if they are installed.

Everything runs in turn, once each per round, so that a machine that slows down does so for all. A run that ends with an
error is told and left out, never counted. The others look for other things too: the ratio says what a run costs, not which
one is better.

    bench.py TREE...                      measure; a table on standard output
    bench.py --json out.json TREE...      and the figures as JSON
    bench.py --from out.json              the table of figures measured before
    bench.py --from out.json --readme F   put the table between the marks in F; with --check only compare
"""

import argparse
import json
import os
import pathlib
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

import pages

SEMGREP_RULE = """\
rules:
  - id: untrusted-pickle
    mode: taint
    languages: [python]
    severity: ERROR
    message: untrusted data is unpickled
    pattern-sources:
      - pattern: requests.get(...)
      - pattern: $R.recv(...)
      - pattern: flask.request.$F
    pattern-sinks:
      - pattern: pickle.load(...)
      - pattern: pickle.loads(...)
      - pattern: torch.load(...)
      - pattern: joblib.load(...)
"""

# Codes of scans that worked. 3 is one that could not read everything: common in large trees, and told by the tool.
SCANNED = {0, 1, 3}

BEGIN, END = "<!-- bench -->", "<!-- end of bench -->"


def arguments():
    p = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    p.add_argument("trees", type=pathlib.Path, nargs="*")
    p.add_argument("--runs", type=int, default=3)
    p.add_argument("--tools", default="ruff,bandit,semgrep", help="others to compare with, separated by commas; empty for none")
    p.add_argument("--venv", type=pathlib.Path, help="install the other tools with pip into this folder")
    p.add_argument("--program", type=pathlib.Path, help="pickletrace to measure (default: built from this tree)")
    p.add_argument("--json", type=pathlib.Path, help="write the figures here")
    p.add_argument("--from", type=pathlib.Path, dest="source", help="measure nothing, read the figures from here")
    p.add_argument("--readme", type=pathlib.Path, help="put the table into this file")
    p.add_argument("--check", action="store_true", help="fail if the table in the file is another one")
    return p.parse_args()


def find(tool, venv):
    """The program of a tool: in the venv, installed there if need be, or on PATH. None if there is none."""
    if venv:
        exe = venv / "bin" / tool
        if not exe.exists():
            if not (venv / "bin" / "pip").exists():
                subprocess.run([sys.executable, "-m", "venv", str(venv)], check=True)
            subprocess.run([str(venv / "bin" / "pip"), "install", "--quiet", tool], check=True)
        return str(exe)
    return shutil.which(tool)


def peers(args, tmp):
    """The other tools that are there: name, version, command without the tree, codes of runs that worked."""
    rule = tmp / "rule.yaml"
    rule.write_text(SEMGREP_RULE)
    known = {
        "ruff": (["check", "--isolated", "--no-cache", "--quiet", "--exit-zero", "--select", "S301,S302,S506"], {0}),
        "bandit": (["-r", "-q", "-f", "json"], {0, 1}),
        "semgrep": (["scan", "--quiet", "--metrics=off", "--disable-version-check", "--no-git-ignore", "--config", str(rule), "--json"], {0, 1}),
    }
    out = []
    for tool in filter(None, args.tools.split(",")):
        if tool not in known:
            sys.exit(f"--tools: {tool!r} is none of {', '.join(known)}")
        exe = find(tool, args.venv)
        if not exe:
            print(f"{tool}: not on PATH, left out (--venv FOLDER installs it)", file=sys.stderr)
            continue
        version = subprocess.run([exe, "--version"], capture_output=True, text=True).stdout.split("\n")[0]
        out.append((tool, version.removeprefix(tool).strip(), [exe, *known[tool][0]], known[tool][1]))
    return out


class Tree:
    """A copy of a tree, with folders for what is kept between scans."""

    def __init__(self, source, tmp):
        self.name = source.name
        self.path = tmp / source.name
        shutil.copytree(source, self.path, symlinks=True)
        files = sorted(p for p in self.path.rglob("*.py") if p.is_file() and not p.is_symlink())
        self.files, self.bytes = len(files), sum(p.stat().st_size for p in files)
        self.three = [files[i * len(files) // 4] for i in (1, 2, 3)] if len(files) > 3 else files
        self.caches = tmp / "caches" / source.name

    def change(self, round):
        """Changes three files, as an edit does: by a line at the end."""
        for p in self.three:
            with p.open("a") as f:
                f.write(f"\n_edited = {round}\n")


def scan(exe, tree, *more):
    return [str(exe), "scan", "--isolated", "--no-gitignore", "--no-default-skips", "-q", "-f", "sarif", *more, str(tree.path)]


def measure(cmd, good, tmp, cache=None):
    """What one run took: CPU seconds, wall seconds, peak MB; None with a word if it does not count."""
    env = {**os.environ, "PATH": str(pathlib.Path(cmd[0]).parent) + os.pathsep + os.environ.get("PATH", "")}
    if cache:
        env["XDG_CACHE_HOME"] = str(cache)
    start = time.monotonic()
    with open(tmp / "stderr", "w+b") as err:
        child = subprocess.Popen(cmd, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=err, env=env)
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        err.seek(0)
        last = err.read().decode(errors="replace").strip().splitlines()[-1:]
    if child.returncode not in good:
        print(f"{pathlib.Path(cmd[0]).name}: left out, exit code {child.returncode}: {' '.join(last)}", file=sys.stderr)
        return None
    return {"cpu": used.ru_utime + used.ru_stime, "wall": time.monotonic() - start, "peak": used.ru_maxrss / 1024}


def round_of(exe, tree, others, tmp, number):
    """One run of everything over a tree, by name."""
    cache = tree.caches / str(number)
    out = {
        "parse": measure([str(exe), "debug", "parse", str(tree.path)], {0, 3}, tmp),
        "cold": measure(scan(exe, tree, "-j", "1", "--no-cache"), SCANNED, tmp),
        "two workers": measure(scan(exe, tree, "-j", "2", "--no-cache"), SCANNED, tmp),
        "filling": measure(scan(exe, tree, "-j", "1"), SCANNED, tmp, cache),
        "warm": measure(scan(exe, tree, "-j", "1"), SCANNED, tmp, cache),
    }
    tree.change(number)
    out["changed"] = measure(scan(exe, tree, "-j", "1"), SCANNED, tmp, cache)
    for tool, _, cmd, good in others:
        out[tool] = measure([*cmd, str(tree.path)], good, tmp)
    return out


def middle(runs, what):
    """The medians of the runs of one thing; None if one of them failed."""
    got = [r[what] for r in runs]
    if not all(got):
        return None
    return {k: round(statistics.median(g[k] for g in got), 3) for k in ("cpu", "wall")} | {"peak": round(max(g["peak"] for g in got))}


def machine():
    model = platform.processor() or platform.machine()
    try:
        for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                model = line.split(":", 1)[1].strip()
                break
    except OSError:
        pass
    return f"{os.cpu_count()} cores of {model}, {platform.system()}"


def bench(args):
    for t in args.trees:
        if not t.is_dir():
            sys.exit(f"{t} is not a folder")
    if args.runs < 1:
        sys.exit("--runs must be at least 1")
    out = {"date": time.strftime("%Y-%m-%d", time.gmtime()), "machine": machine(), "runs": args.runs, "load": round(os.getloadavg()[0], 1), "tools": {}, "trees": []}
    with tempfile.TemporaryDirectory() as folder:
        tmp = pathlib.Path(folder)
        exe = args.program and args.program.resolve()
        if not exe:
            exe = tmp / "bin" / "pickletrace"
            root = pathlib.Path(__file__).resolve().parent.parent
            subprocess.run(["go", "build", "-o", str(exe), "./cmd/pickletrace"], cwd=root, check=True)
        others = peers(args, tmp)
        out["tools"] = {tool: version for tool, version, _, _ in others}
        for source in args.trees:
            tree = Tree(source.resolve(), tmp)
            runs = []
            for number in range(args.runs):
                runs.append(round_of(exe, tree, others, tmp, number))
                told = "  ".join(f"{k} {v['cpu']:.2f}" for k, v in runs[-1].items() if v)
                print(f"{tree.name} {number + 1}: {told}", file=sys.stderr, flush=True)
            figures = {what: middle(runs, what) for what in runs[0]}
            out["trees"].append({"name": tree.name, "files": tree.files, "bytes": tree.bytes, "figures": figures})
            shutil.rmtree(tree.path)
    return out


def ratio(tree, what, to="cold", by="cpu"):
    a, b = tree["figures"].get(what), tree["figures"].get(to)
    return f"{a[by] / b[by]:.2f}" if a and b and b[by] > 0 else "–"


def table(out):
    """The figures as Markdown."""
    tools = out["tools"]
    head = ["tree", "MB", "cold scan", "peak", "parsing alone", "warm", "3 files changed", "`-j 2` is faster by", *tools]
    lines = [
        f"Measured on {out['date']} with `make bench` on {out['machine']} (load {out['load']} at the start), medians of {out['runs']}. "
        "CPU seconds and peak memory of a cold scan with one worker; the others as CPU relative to it.",
        "",
        "| " + " | ".join(head) + " |",
        "|---" * len(head) + "|",
    ]
    for t in out["trees"]:
        cold = t["figures"]["cold"]
        cells = [t["name"], f"{t['bytes'] / 1e6:.1f}", f"{cold['cpu']:.1f} s" if cold else "–", f"{cold['peak']} MB" if cold else "–"]
        cells += [ratio(t, what) for what in ("parse", "warm", "changed")]
        cells += [ratio(t, "cold", "two workers", "wall")] + [ratio(t, tool) for tool in tools]
        lines.append("| " + " | ".join(cells) + " |")
    if tools:
        lines += ["", "Other tools: " + ", ".join(f"{tool} {version}".strip() for tool, version in tools.items()) + "."]
    return "\n".join(lines)


def main():
    args = arguments()
    if args.source:
        out = json.loads(args.source.read_text())
    elif args.trees:
        out = bench(args)
    else:
        sys.exit("name trees to measure, or figures with --from")
    if args.json:
        args.json.write_text(json.dumps(out, indent=2) + "\n")
    text = table(out)
    if not args.readme:
        print(text)
        return
    new, page = pages.between(args.readme, BEGIN, END, text)
    if args.check and new != page:
        sys.exit(f"{args.readme} does not say what {args.source} does: run make measured")
    if not args.check:
        args.readme.write_text(new)


if __name__ == "__main__":
    main()
