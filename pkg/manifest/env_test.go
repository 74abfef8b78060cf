package manifest

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

const optionTree = `
-- Dockerfile --
FROM x
RUN python x.py --mode=build && \
    serve --mode
CMD ["serve", "--mode", "exec"]
ENTRYPOINT serve m \
    --mode shell # why
-- docker-compose.yml --
services:
  a:
    command: serve --mode text
  b:
    command:
      - serve
      - --mode
      - list
  c:
    entrypoint: >
      serve
      --mode folded
-- .github/workflows/ci.yml --
jobs:
  a:
    steps:
      - run: |
          serve x \
            --mode workflow
-- run.sh --
echo --mode=no
if serve --mode; then exit; fi
serve -- mode ---mode --Mode "a --mode b"
`

const optionWant = `
.github/workflows/ci.yml:6 workflow
Dockerfile:2 build
Dockerfile:3 
Dockerfile:4 exec
Dockerfile:6 shell
docker-compose.yml:3 text
docker-compose.yml:7 list
docker-compose.yml:11 folded
run.sh:2 
`
