# Commands that download to a file, which is then loaded.
import os
import pickle
import subprocess

import torch


def run_list(url):
    subprocess.run(["wget", "-q", url, "-O", "/tmp/m.pt"], check=True)
    torch.load("/tmp/m.pt", weights_only=False)  # want error PKL201


def curl_list(url):
    subprocess.check_call(["curl", "-L", "-o", "m2.pt", url])
    torch.load("m2.pt", weights_only=False)  # want error PKL201


def system_text():
    os.system("wget https://models.example.com/m.pt -O m3.pt")
    torch.load("m3.pt", weights_only=False)  # want error PKL201


def run_text():
    subprocess.run("curl -o m4.pt https://models.example.com/m.pt", shell=True)
    torch.load("m4.pt", weights_only=False)  # want error PKL201


def gsutil_copy():
    subprocess.run(["gsutil", "cp", "gs://b/m.pt", "m5.pt"])
    torch.load("m5.pt", weights_only=False)  # want error PKL201


def aws_copy():
    subprocess.run(["aws", "s3", "cp", "s3://b/m.pt", "m6.pt"])
    torch.load("m6.pt", weights_only=False)  # want error PKL201


def path_given(path, url):
    subprocess.run(["wget", "-O", path, url])
    torch.load(path, weights_only=False)  # want error PKL201


def folder(url):
    d = "/opt/models"
    subprocess.run(["wget", "-P", d, url])
    torch.load(d + "/m.pt", weights_only=False)  # want error PKL201


def other_file(url):
    subprocess.run(["wget", "-O", "other.pt", url])
    torch.load("m9.pt", weights_only=False)  # want note PKL901


def local_copy():
    subprocess.run(["cp", "a.pt", "m10.pt"])
    torch.load("m10.pt", weights_only=False)  # want note PKL901


def variable():
    cmd = ["curl", "-o", "m11.pt", "https://models.example.com/m"]
    subprocess.run(cmd)
    with open("m11.pt", "rb") as f:
        pickle.load(f)  # want error PKL101


def f_string(url):
    os.system(f"wget -O m12.pt {url}")
    torch.load("m12.pt", weights_only=False)  # want error PKL201


def percent(url):
    os.system("curl -L %s -o m13.pt" % url)
    torch.load("m13.pt", weights_only=False)  # want error PKL201


def formatted(url):
    os.system("curl -L {} -o m14.pt".format(url))
    torch.load("m14.pt", weights_only=False)  # want error PKL201


def clone():
    subprocess.run(["git", "clone", "https://github.com/acme/models", "repo"])
    torch.load("repo/w.pt", weights_only=False)  # want error PKL201


def uploaded():
    subprocess.run(["aws", "s3", "cp", "m16.pt", "s3://bucket/m.pt"])
    torch.load("m16.pt", weights_only=False)  # want note PKL901
