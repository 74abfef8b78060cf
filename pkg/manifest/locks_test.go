package manifest

// lockTests are manifests that tools write, environments, and how folders are put together.
var lockTests = []formatTest{
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
