# Command lines as people write them: pipes, redirections, cd, archives, copies, templates.
import os
import pickle
import subprocess
import tarfile

import torch


def redirected(url):
    os.system(f"curl -sSL {url} > a1.pkl")
    pickle.load(open("a1.pkl", "rb"))  # want error PKL101


def appended(url):
    os.system("curl -s " + url + " >> a2.pkl")
    pickle.load(open("a2.pkl", "rb"))  # want error PKL101


def piped_into_tar(url):
    os.system("wget -qO- %s | tar xz -C a3" % url)
    pickle.load(open("a3/model.pkl", "rb"))  # want error PKL101


def unpacked(url):
    os.system("curl -Lo a4.tar.gz https://e.com/a4.tar.gz && mkdir -p a4 && tar -xzf a4.tar.gz -C a4")
    pickle.load(open("a4/model.pkl", "rb"))  # want error PKL101


def unzipped(url):
    subprocess.run(["wget", "-q", url, "-O", "a5.zip"])
    subprocess.run(["unzip", "-o", "a5.zip", "-d", "a5"])
    pickle.load(open(os.path.join("a5", "x", "model.pkl"), "rb"))  # want error PKL101


def in_a_folder():
    os.system("cd a6; wget https://e.com/model.pkl")
    pickle.load(open("a6/model.pkl", "rb"))  # want error PKL101


def in_another_folder():
    os.system("(cd a7 && wget https://e.com/model.pkl)")
    pickle.load(open("model.pkl", "rb"))  # ok: that one lies in a7


def changed_folder():
    os.system("wget -P a8 https://e.com/m8.pkl?download=1")
    os.chdir("a8")
    pickle.load(open("m8.pkl", "rb"))  # want error PKL101


def copied(url):
    os.system(f"wget {url} -O a9.tmp; mv a9.tmp a9.pkl")
    pickle.load(open("a9.pkl", "rb"))  # want error PKL101


def named_by_the_address(folder):
    subprocess.run(f"wget https://e.com/x/net.pt -P {folder}", shell=True)
    torch.load(f"{folder}/net.pt", weights_only=False)  # want error PKL201


def named_by_the_address_joined(folder):
    subprocess.run("curl -O --output-dir {} https://e.com/x/net.pt".format(folder), shell=True)
    torch.load(os.path.join(folder, "net.pt"), weights_only=False)  # want error PKL201


def output_read():
    pickle.loads(subprocess.check_output(["curl", "-s", "https://e.com/m.pkl"]))  # want error PKL101


def output_piped():
    pickle.loads(subprocess.run("curl -s https://e.com/m | gunzip -c", shell=True, capture_output=True).stdout)  # want error PKL101


def in_bash(path):
    subprocess.run(["bash", "-lc", "curl -o a10.pkl https://e.com/a"])
    pickle.load(open("a10.pkl", "rb"))  # want error PKL101


def with_variables():
    os.system("F=a11.pkl; U=https://e.com; wget $U/x -O $F")
    pickle.load(open("a11.pkl", "rb"))  # want error PKL101


def cloned():
    os.system("git clone --depth 1 https://e.com/team/weights.git")
    pickle.load(open("weights/best.pkl", "rb"))  # want error PKL101


def hub_pinned():
    os.system("hf download a/b --revision 0123456789abcdef0123456789abcdef01234567 --local-dir a12")
    pickle.load(open("a12/m.pkl", "rb"))  # ok: pinned


def hub():
    os.system("huggingface-cli download a/b m.pkl --local-dir a13")
    pickle.load(open("a13/m.pkl", "rb"))  # want error PKL101 from=registry-unpinned


def listed_only():
    os.system("tar tzf a14.tgz; unzip -l a14.zip")
    pickle.load(open("a14/m.pkl", "rb"))  # ok: nothing is unpacked, and nothing is foreign


def own_archive():
    os.system("tar czf a15.tgz a15 && tar xzf a15.tgz -C b15")
    pickle.load(open("b15/m.pkl", "rb"))  # ok: our own


def to_standard_output():
    os.system("wget -qO - https://e.com/m.pkl")
    pickle.load(open("m.pkl", "rb"))  # ok: printed, not written


def wrong_stream(url):
    os.system(f"curl -s {url} 2> a16.pkl")
    pickle.load(open("a16.pkl", "rb"))  # ok: the errors


def sent():
    os.system("scp a17.pkl host:/models/; gsutil cp a17.pkl gs://b/")
    pickle.load(open("a17.pkl", "rb"))  # ok: sent, not received


def fetched():
    os.system("scp -P 22 me@host:/models/a18.pkl .")
    pickle.load(open("a18.pkl", "rb"))  # want error PKL101


def echoed():
    os.system("echo wget https://e.com/a19.pkl")
    pickle.load(open("a19.pkl", "rb"))  # ok: the line is shown
