package manifest

import "slices"

type formatTest struct {
	name     string
	files    string
	want     string
	problems []string
}

var formatTests = slices.Concat(sourceTests, lockTests)

// sourceTests are manifests that people write.
var sourceTests = []formatTest{
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
}
