#!/usr/bin/env python3
"""CPU time of `pickletrace scan` over a tree, beside parsing alone, Bandit and a small Semgrep taint rule.

The programs run in turn, once each per round, so that a machine that slows down does so for all. Each round's CPU time (user
and system, children included), wall time and peak memory (of the largest process) are printed, then medians and ratios of CPU time. Bandit and Semgrep are looked for on
PATH; --venv installs them with pip into a folder. A tool that is not there, or that ends with an error, is told and left
out, never counted. The others look for other things too: the ratio says what a run costs, not which one is better.
"""

import argparse
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

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


def arguments():
    p = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    p.add_argument("tree", type=pathlib.Path)
    p.add_argument("--runs", type=int, default=5)
    p.add_argument("--tools", default="bandit,semgrep", help="others to compare with, separated by commas; empty for none")
    p.add_argument("--venv", type=pathlib.Path, help="install the other tools with pip into this folder")
    p.add_argument("--jobs", type=int, help="files that pickletrace parses at a time (default: its own)")
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


def commands(args, tmp):
    """What to run: name, command, the exit codes that mean it worked."""
    root = pathlib.Path(__file__).resolve().parent.parent
    exe = tmp / "pickletrace"
    subprocess.run(["go", "build", "-o", str(exe), "./cmd/pickletrace"], cwd=root, check=True)
    tree = str(args.tree.resolve())
    jobs = ["-j", str(args.jobs)] if args.jobs else []
    # code 3 is a scan that could not read everything: common in large trees, and told by the tool.
    out = [
        ("parse alone", [str(exe), "debug", "parse", tree], {0, 3}),
        ("pickletrace", [str(exe), "scan", "--isolated", "--no-gitignore", *jobs, "-f", "sarif", tree], {0, 1, 3}),
    ]
    rule = tmp / "rule.yaml"
    rule.write_text(SEMGREP_RULE)
    others = {
        "bandit": (["-r", "-q", "-f", "json", tree], {0, 1}),
        "semgrep": (["scan", "--quiet", "--metrics=off", "--disable-version-check", "--no-git-ignore", "--config", str(rule), "--json", tree], {0, 1}),
    }
    for tool in filter(None, args.tools.split(",")):
        if tool not in others:
            sys.exit(f"--tools: {tool!r} is none of {', '.join(others)}")
        found = find(tool, args.venv)
        if found:
            version = subprocess.run([found, "--version"], capture_output=True, text=True).stdout.split("\n")[0]
            print(f"{tool}: {version}")
        else:
            print(f"{tool}: not on PATH, left out (--venv FOLDER installs it)")
            continue
        rest, good = others[tool]
        out.append((tool, [found, *rest], good))
    return out


def measure(cmd, good, tmp):
    """What one run took: CPU seconds, wall seconds, peak MB, and why it does not count ("" if it does)."""
    start = time.monotonic()
    with open(tmp / "stderr", "w+b") as err:
        env = {**os.environ, "PATH": str(pathlib.Path(cmd[0]).parent) + os.pathsep + os.environ.get("PATH", "")}
        child = subprocess.Popen(cmd, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=err, env=env)
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        err.seek(0)
        last = err.read().decode(errors="replace").strip().splitlines()[-1:]
    wall = time.monotonic() - start
    bad = "" if child.returncode in good else f"exit code {child.returncode}: {' '.join(last)}"
    return used.ru_utime + used.ru_stime, wall, used.ru_maxrss / 1024, bad


def main():
    args = arguments()
    if not args.tree.is_dir():
        sys.exit(f"{args.tree} is not a folder")
    if args.runs < 1:
        sys.exit("--runs must be at least 1")
    with tempfile.TemporaryDirectory() as folder:
        tmp = pathlib.Path(folder)
        todo = commands(args, tmp)
        times = {name: [] for name, _, _ in todo}
        for run in range(args.runs):
            for name, cmd, good in list(todo):
                cpu, wall, peak, bad = measure(cmd, good, tmp)
                if bad:
                    print(f"{name}: left out, {bad}")
                    todo = [t for t in todo if t[0] != name]
                    del times[name]
                    continue
                times[name].append((cpu, peak))
                print(f"run {run + 1}  {name:<12} {cpu:8.2f} s CPU {wall:8.2f} s wall {peak:6.0f} MB", flush=True)
    print()
    cpu = {name: statistics.median(c for c, _ in ts) for name, ts in times.items()}
    for name, ts in times.items():
        low, high = min(c for c, _ in ts), max(c for c, _ in ts)
        print(f"{name:<12} {cpu[name]:8.2f} s CPU, median of {len(ts)} ({low:.2f} to {high:.2f}), at most {max(m for _, m in ts):.0f} MB")
    if "pickletrace" not in cpu:
        sys.exit("pickletrace itself failed")
    for name in cpu:
        if name != "pickletrace":
            print(f"pickletrace / {name}: {cpu['pickletrace'] / cpu[name]:.2f}")


if __name__ == "__main__":
    main()
