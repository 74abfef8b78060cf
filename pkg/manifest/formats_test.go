package manifest

type formatTest struct {
	name     string
	files    string
	want     string
	problems []string
}

var formatTests = []formatTest{
	{name: "requirements", files: `
-- requirements.txt --
# comment
--index-url https://pypi.org/simple
-i https://pypi.org/simple
torch[opt] >=2.0, !=2.1.* ; python_version >= "3.8"  # why
Keras (>=3.1)
NumPy == 1.24.0 \
    --hash=sha256:00 \
    --hash=sha256:11
scipy
a_b.c~=1.4.5
-e git+https://example.com/x/transformers.git@v4.52.1#egg=transformers
diffusers @ git+https://example.com/x/diffusers@main
jax @ https://example.com/jax-0.4.1-py3-none-any.whl ; python_version>"3"
https://example.com/whl/cu121/torchvision-0.17.0%2Bcu121-cp311-cp311-linux_x86_64.whl
./local/thing
.
old>=1.8.*
dist=1.0
hole>=1.0<2.0
-r extra/more.txt
-c constraints.txt
-r https://example.com/requirements.txt
-r gone.txt
-- extra/more.txt --
pyyaml>=5
# loop
-r ../requirements.txt
-- constraints.txt --
pyyaml<6
pandas<2
scipy>5
`, want: `
a.py: torch >=2.0,!=2.1.*
a.py: keras >=3.1
a.py: numpy ==1.24.0
a.py: scipy >5
a.py: A-B-C ~=1.4.5
a.py: transformers ==4.52.1
a.py: diffusers *
a.py: jax ==0.4.1
a.py: torchvision ==0.17.0+cu121
a.py: local ?
a.py: old >=1.8
a.py: dist ==1.0
a.py: hole >=1.0,<2.0
a.py: PyYAML >=5,<6
a.py: pandas <2
deep/down/a.py: keras >=3.1
`},
	{name: "requirements names", files: `
-- requirements.txt --
torch>=2.0
-- requirements-dev.txt --
torch==2.4
pytest==8
-- requirements/gpu.txt --
triton==2.1
-- requirements_cpu.txt --
triton==2.0
torch==1.9
-- requirements/docs.txt --
triton==3.0
-- requirements/base.in --
torch<3
-- notes.txt --
torch==1.0
-- constraints.txt --
onnx>1
`, want: `
a.py: torch >=2.0,<3
a.py: pytest ==8
a.py: triton ==2.0 | ==2.1
a.py: onnx >1
requirements/a.py: triton ==2.0 | ==2.1
`},
	{name: "odd lines", problems: []string{`"==" is not a version specifier`, `">=" is not`, `"{{ jinja }}" is a template (and 3 more places)`}, files: `
-- requirements.txt --
torch==2.6 ==
numpy>=
{{ jinja }}
{{ x }}
=======
torch-$VERSION
good==1.0
`, want: `
a.py: good ==1.0
a.py: torch ==2.6
a.py: numpy *
`},
	{name: "several files of a folder", files: `
-- requirements.txt --
torch>=2.0
numpy>=2
keras
-- setup.cfg --
[options]
install_requires =
    torch<2.6
    numpy<1.24
`, want: `
a.py: torch >=2.0,<2.6
a.py: numpy >=2 | <1.24
a.py: keras *
`},
	{name: "markers", files: `
-- setup.cfg --
[options]
python_requires = >=3.9
-- requirements.txt --
numpy<1.16 ; python_version < "3"
numpy>=1.24 ; python_version >= "3.8"
scipy==1.2 ; python_version < "3.12" and sys_platform == "linux"
scipy==1.5 ; python_version >= "3.12" or sys_platform != "linux"
torch>=2.0
torch==2.2 ; sys_platform == "darwin"
gone==1 ; "3.8" >= python_version
half==1 ; (python_version == "2.7" or python_full_version < "3.9.0")
weird==1 ; nonsense here
`, want: `
a.py: numpy >=1.24
a.py: scipy ==1.2 | ==1.5
a.py: torch >=2.0
a.py: gone ?
a.py: half ?
a.py: weird ==1
`},
	{name: "pyproject", files: `
-- pyproject.toml --
[build-system]
requires = ["setuptools>=61", "numpy==1.0"]

[project]
name = "My.Service"
version = "1.2.3"
requires-python = ">=3.8"
dependencies = [
    "torch>=2.0,<3",   # comment
    'transformers[torch]~=4.40',
    "my_service[gpu]",
    "legacy; python_version < '3'",
]

[project.optional-dependencies]
gpu = ["torch>=2.6", "triton==2.1"]
dev = ["triton==3.0", "ruff==0.5"]

[dependency-groups]
test = ["pytest>=8", {include-group = "other"}]
other = ["keras>=3"]

[tool.uv]
constraint-dependencies = ["torch!=2.4"]
dev-dependencies = ["ipython>8"]

[tool.pdm.dev-dependencies]
lint = ["mypy==1.0"]

[tool.hatch.envs.default]
dependencies = ["hatched==1.0"]
`, want: `
a.py: torch >=2.0,<3,!=2.4
a.py: transformers ~=4.40
a.py: my-service ==1.2.3
a.py: numpy ?
a.py: legacy ?
a.py: triton ==2.1
a.py: ruff ==0.5
a.py: pytest >=8
a.py: keras >=3
a.py: ipython >8
a.py: mypy ==1.0
a.py: hatched ==1.0
`},
	{name: "pyproject dynamic", files: `
-- pyproject.toml --
[project]
name = "x"
version = "0.0.0"
dynamic = ["dependencies"]

[tool.setuptools.dynamic]
dependencies = {file = ["deps/core.txt"]}
optional-dependencies.gpu = {file = ["deps/gpu.txt"]}
-- deps/core.txt --
torch>=2
-- deps/gpu.txt --
torch==2.6
triton==2.1
`, want: `
a.py: torch >=2
a.py: triton ==2.1
a.py: x ?
`},
	{name: "poetry", files: `
-- pyproject.toml --
[tool.poetry]
name = "service"
version = "2.0"

[tool.poetry.dependencies]
python = "^3.9"
torch = "^2.1"
zero = "^0.2.3"
zerozero = "^0.0.3"
tilde = "~1.2"
tilde3 = "~1.2.3"
tilde1 = "~1"
star = "1.2.*"
all = "*"
exact = "1.2.3"
either = "^1.2 || ^3.0"
blank = ">=1.0 <2.0"
pep = "~=1.2.3"
numpy = [
  {version = "<=1.13", python = ">=3.6,<3.8"},
  {version = ">=1.24", python = ">=3.8"},
]
opt = {version = "^2.0", optional = true}
git = {git = "https://example.com/x.git", tag = "v2.5.1"}
branch = {git = "https://example.com/x.git", branch = "main"}
url = {url = "https://example.com/url-2.4.0-py3-none-any.whl"}
path = {path = "../path", develop = true}
marked = {version = "1.2", markers = "python_version < '3'"}
odd = "not a version"

[tool.poetry.dev-dependencies]
pytest = "^7"

[tool.poetry.group.docs.dependencies]
sphinx = ">=5"
`, problems: []string{`odd: "not a version"`}, want: `
a.py: service ==2.0
a.py: torch >=2.1,<3
a.py: zero >=0.2.3,<0.3
a.py: zerozero >=0.0.3,<0.0.4
a.py: tilde >=1.2,<1.3
a.py: tilde3 >=1.2.3,<1.3
a.py: tilde1 >=1,<2
a.py: star ==1.2.*
a.py: all *
a.py: exact ==1.2.3
a.py: either >=1.2,<2 | >=3.0,<4
a.py: blank >=1.0,<2.0
a.py: pep ~=1.2.3
a.py: numpy >=1.24
a.py: opt >=2.0,<3
a.py: git ==2.5.1
a.py: branch *
a.py: url ==2.4.0
a.py: path *
a.py: marked ?
a.py: odd *
a.py: pytest >=7,<8
a.py: sphinx >=5
a.py: python ?
`},
	{name: "setup.cfg", files: `
-- setup.cfg --
[metadata]
name = thing
version = attr: thing.__version__

[options]
python_requires = >=3.8
install_requires =
    torch<2.6
    # a comment
    numpy>=1.20 ; python_version < "3.7"

    scipy>=1.0  # why
tests_require = pytest>=5

[options.extras_require]
gpu =
    triton==2.1
dev = triton==3.0
`, want: `
a.py: torch <2.6
a.py: numpy ?
a.py: scipy >=1.0
a.py: triton ==2.1
a.py: pytest >=5
a.py: thing ?
`},
	{name: "setup.cfg file", files: `
-- setup.cfg --
[options]
install_requires = file: reqs.list, more.list
-- reqs.list --
torch>=2
-- more.list --
numpy>=1
`, want: `
a.py: torch >=2
a.py: numpy >=1
`},
	{name: "setup.py", files: `
-- setup.py --
import sys
from setuptools import setup

TORCH = "2.1"
common = ["numpy>=1.20", f"torch>={TORCH}"]
gpu = ["triton==2.1"]
common.append("pandas<2")
common += ["joblib"]
if sys.platform == "darwin":
    common.append("joblib==1.2")
extras = {"gpu": gpu, "dev": gpu + ["triton==3.0"]}
extras["all"] = ["unrelated"]

setup(
    name="thing",
    version="1.5",
    python_requires=">=3.8",
    install_requires=common + [
        "scipy>=1.0,"
        "<2",  # joined
        "onnx==1.0" if sys.platform == "linux" else "onnx==1.1",
        "old==1; python_version < '3'",
    ],
    extras_require=extras,
    tests_require=["pytest>=5"],
    classifiers=["Programming Language :: Python"],
)
`, want: `
a.py: numpy >=1.20
a.py: torch >=2.1
a.py: pandas <2
a.py: joblib *
a.py: scipy >=1.0,<2
a.py: onnx ==1.0 | ==1.1
a.py: old ?
a.py: triton ==2.1
a.py: pytest >=5
a.py: thing ==1.5
`},
	{name: "setup.py computed", files: `
-- setup.py --
import re
from setuptools import setup

_deps = ["torch>=2.0", "numpy", "importlib_metadata;python_version<'3.8'"]
deps = {b: a for a, b in (re.findall(r"^(([^!=<>~ ]+)(?:[!=<>~ ].*)?$)", x)[0] for x in _deps)}
words = ["alpha", "beta"]
kwargs = {"name": "thing", "install_requires": [deps["torch"], "scipy>=1.0"]}
setup(**kwargs)
`, want: `
a.py: torch >=2.0
a.py: numpy *
a.py: scipy >=1.0
a.py: alpha ?
`},
	{name: "setup.py broken", files: `
-- setup.py --
setup(install_requires=["torch>=2.0", 
`, want: `
a.py: numpy ?
`},
	{name: "uv workspace", files: `
-- uv.lock --
version = 1
requires-python = ">=3.11"

[[package]]
name = "numpy"
version = "1.26.4"
source = { registry = "https://pypi.org/simple" }
resolution-markers = ["python_version < '3.12'"]

[[package]]
name = "numpy"
version = "2.1.0"
source = { registry = "https://pypi.org/simple" }

[[package]]
name = "member"
version = "0.3.0"
source = { editable = "packages/member" }

[[package]]
name = "root"
source = { virtual = "." }

[[package]]
name = "torch"
version = "2.5.1+cpu"
-- packages/member/pyproject.toml --
[project]
name = "member"
dependencies = ["torch>=2.0", "numpy"]
-- packages/other/pyproject.toml --
[project]
name = "other"
dependencies = ["torch>=2.0"]
`, want: `
a.py: numpy ==1.26.4 | ==2.1.0
packages/member/a.py: torch ==2.5.1+cpu
packages/member/a.py: member ==0.3.0
packages/other/a.py: torch >=2.0
packages/other/a.py: numpy ==1.26.4 | ==2.1.0
`},
	{name: "locks", files: `
-- poetry/pyproject.toml --
[tool.poetry.dependencies]
torch = ">=2.0"
-- poetry/poetry.lock --
[[package]]
name = "torch"
version = "2.7.1"
files = []

[metadata]
lock-version = "2.0"
-- pdm/pdm.lock --
[metadata]
groups = ["default"]

[[package]]
name = "torch"
version = "2.4.1"
requires_python = ">=3.8"
-- pylock/pylock.toml --
lock-version = "1.0"
[[packages]]
name = "torch"
version = "2.3"
-- pylock/pylock.dev.toml --
lock-version = "1.0"
[[packages]]
name = "torch"
version = "2.2"
-- pipfile/Pipfile --
[[source]]
url = "https://pypi.org/simple"
name = "pypi"

[packages]
torch = ">=2.0"
numpy = {version = "~=1.20", extras = ["x"]}
keras = "*"

[dev-packages]
pytest = "==8.*"

[requires]
python_version = "3.11"
-- pipfile/Pipfile.lock --
{
    "_meta": {"hash": {"sha256": "x"}, "pipfile-spec": 6},
    "default": {
        "torch": {"hashes": ["sha256:0"], "index": "pypi", "version": "==2.6.0"},
        "x": {"git": "https://example.com/x", "ref": "v1.2.3"},
        "y": {"git": "https://example.com/x", "ref": "0123456789abcdef"}
    },
    "develop": {"scipy": {"version": "==1.9"}}
}
`, want: `
poetry/a.py: torch ==2.7.1
pdm/a.py: torch ==2.4.1
pylock/a.py: torch ==2.2 | ==2.3
pipfile/a.py: torch ==2.6.0
pipfile/a.py: numpy ~=1.20
pipfile/a.py: keras *
pipfile/a.py: x ==1.2.3
pipfile/a.py: y ?
pipfile/a.py: scipy ==1.9
pipfile/a.py: pytest ==8.*
`},
	{name: "wheel", files: `
-- thing-1.0.dist-info/METADATA --
Metadata-Version: 2.1
Name: Thing
Version: 1.0
Requires-Python: >=3.8
Requires-Dist: torch (<1.13,>=1.9)
Requires-Dist: numpy ; extra == 'all'
Requires-Dist: triton==2.1; (sys_platform == "linux") and extra == "gpu"
Requires-Dist: triton==3.0; extra == "dev"
Requires-Dist: thing[gpu]; extra == "all"
Requires-Dist: keras <3; python_version<"3.8"

Requires-Dist: scipy==1.0
`, want: `
thing/a.py: torch >=1.9,<1.13
thing/a.py: numpy *
thing/a.py: triton ==2.1
thing/a.py: keras ?
thing/a.py: thing ==1.0
thing/a.py: scipy ?
`},
	{name: "site-packages", files: `
-- a-1.0.dist-info/METADATA --
Name: a
Version: 1.0
Requires-Dist: torch>=2.0
Requires-Dist: numpy>=1.20
-- b-1.0.dist-info/METADATA --
Name: b
Version: 1.0
Requires-Dist: numpy<2
-- torch-2.6.0.dist-info/METADATA --
Name: torch
Version: 2.6.0
`, want: `
a/x.py: torch ==2.6.0
a/x.py: numpy >=1.20,<2
`},
	{name: "sdist", files: `
-- PKG-INFO --
Metadata-Version: 1.1
Name: thing
Version: 1.0
Requires: old (>=1.0)
-- src/thing.egg-info/requires.txt --
torch>=2.0

[:python_version < "3"]
legacy

[gpu]
triton==2.1

[dev:python_version >= "3"]
triton==3.0
`, want: `
src/thing/x.py: torch >=2.0
setup/x.py: triton ==2.1
x.py: thing ==1.0
x.py: old >=1.0
x.py: legacy *
`},
	{name: "conda", files: `
-- environment.yml --
name: thing
channels: [conda-forge]
dependencies:
  - python=3.10
  - pytorch=2.4   # comment
  - conda-forge::numpy>=1.20,<2
  - scipy 1.2.*
  - pandas==1.5
  - onnx=1.2.3=py310_0
  - joblib >=1.0
  - keras 2.4|2.5
  - jax[version='>=0.5']
  - star=1.*
  - bare
  - pip
  - pip:
      - transformers==4.40
      - -r reqs.txt
      - legacy==1; python_version < "3"
variables:
  MODE: fast
-- reqs.txt --
tokenizers>=0.5
-- environment-dev.yml --
dependencies: [pytest=8]
-- k8s/environment.yaml --
dependencies: {a: b}
`, want: `
a.py: torch ==2.4.*
a.py: numpy >=1.20,<2
a.py: scipy ==1.2.*
a.py: pandas ==1.5
a.py: onnx ==1.2.3
a.py: joblib >=1.0
a.py: keras ==2.4 | ==2.5
a.py: jax >=0.5
a.py: star ==1.*
a.py: bare *
a.py: transformers ==4.40
a.py: legacy ?
a.py: tokenizers >=0.5
a.py: pytest ==8.*
a.py: python ?
`},
	{name: "dockerfile", files: `
-- Dockerfile --
FROM python:3.11
ARG TORCH=2.4.1
ENV PIP=1
RUN apt-get update && \
    # a comment
    pip install --no-cache-dir -U "torch==${TORCH}" numpy>=1.0 \
      'scipy>=1.0,<2' && pip3 install -r more.txt -f https://x.y/z keras==2.1; echo pip install no==1.0
RUN ["python", "-m", "pip", "install", "pandas==1.5"]
RUN --mount=type=cache,target=/root uv pip install --system joblib~=1.2
RUN <<EOF
python3 -m pip install onnx==1.2.3
conda install -y -c pytorch pytorch-cpu=2.4 jax
EOF
RUN pip install . && pip install -e .[x] && pip install git+https://example.com/t.git@v4.40#egg=transformers
-- more.txt --
tokenizers==0.5
-- worker/requirements.txt --
torch
numpy>=1.20
-- worker/docker/Dockerfile --
RUN pip install torch==2.6 numpy==1.24
`, want: `
a.py: torch ==2.4.1 | ==2.4.*
a.py: numpy *
a.py: scipy >=1.0,<2
a.py: keras ==2.1
a.py: no ?
a.py: pandas ==1.5
a.py: joblib ~=1.2
a.py: onnx ==1.2.3
a.py: jax *
a.py: transformers ==4.40
a.py: tokenizers ==0.5
worker/a.py: torch ==2.6
worker/a.py: numpy >=1.20
`},
	{name: "monorepo", files: `
-- requirements.txt --
torch==2.0
numpy==1.0
-- services/a/requirements.txt --
torch==2.4
-- services/b/setup.cfg --
[options]
install_requires = keras
`, want: `
services/a/x/y.py: torch ==2.4
services/a/x/y.py: numpy ==1.0
services/b/y.py: torch ==2.0
services/b/y.py: keras *
services/y.py: torch ==2.0
y.py: torch ==2.0
y.py: keras ?
`},
}

const envTree = `
-- Dockerfile --
FROM x
ENV SWITCH=1 OTHER="a b"
ENV SWITCH a text
RUN export SWITCH=run && \
    SWITCH=prefix python x.py
-- docker-compose.yml --
x-common: &common
  SWITCH: common
services:
  a:
    environment:
      SWITCH: "map"
      NOTHING:
  b:
    environment:
      - SWITCH=list
      - PASSED
  c:
    environment:
      <<: *common
-- .github/workflows/ci.yml --
env: {SWITCH: top}
jobs:
  a:
    env:
      SWITCH: ${{ matrix.x }}
    steps:
      - run: |
          echo hello
          export SWITCH=script
        env:
          SWITCH: step
-- .gitlab-ci.yml --
variables:
  SWITCH: {value: "described", description: x}
job:
  script:
    - export SWITCH=gitlab
-- .env --
# SWITCH=no
export SWITCH="dot env" # why
-- .env.example --
SWITCH=example
-- run.sh --
SWITCH=local
export SWITCH='quoted value' OTHER=2
env SWITCH=env python x.py
if true; then export SWITCH=branch; fi
echo SWITCH=5
-- environment.yml --
dependencies: [a]
variables: {SWITCH: conda}
-- deploy/docker-compose.prod.yml --
a: b: c
`

const envWant = `
.env:2 dot env
.github/workflows/ci.yml:1 top
.github/workflows/ci.yml:5 ${{ matrix.x }}
.github/workflows/ci.yml:9 script
.github/workflows/ci.yml:11 step
.gitlab-ci.yml:2 described
.gitlab-ci.yml:5 gitlab
Dockerfile:2 1
Dockerfile:3 a text
Dockerfile:4 run
Dockerfile:5 prefix
docker-compose.yml:2 common
docker-compose.yml:6 map
docker-compose.yml:10 list
environment.yml:2 conda
run.sh:2 quoted value
run.sh:3 env
run.sh:4 branch
`
