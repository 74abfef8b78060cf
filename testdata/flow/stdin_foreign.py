# Standard input is what the user pipes in.
import pickle
import subprocess
import sys


def listed(folder):
    return subprocess.run(["ls", folder], capture_output=True, check=True).stdout


if __name__ == "__main__":
    job = pickle.loads(sys.stdin.buffer.read())  # source stdin  # want warning PKL101 from stdin
    print(job, listed("."))
