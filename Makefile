.PHONY: derive generate check test update docs gaps fuzz soak mutate bench measured fixes sarif-check html-check

# What CI runs.
check:
	.ci/run

test:
	go test ./...

# Rewrites goldens, scripts, docs/ and the README's output. Read the diff afterwards.
update:
	go test ./pkg/ir ./pkg/report ./pkg/rule -update
	UPDATE=1 go test ./cmd/pickletrace

# The rule reference, the settings, and the output the README shows.
docs:
	UPDATE=1 go test -count=1 -run 'TestDocs|TestReadme|TestRulePages|TestTutorial|TestDerivedPage' ./cmd/pickletrace

# The public validator over every SARIF file that tests make (npm), and HTML reports in a browser (npm, Chromium).
sarif-check:
	scripts/sarif-multitool
html-check:
	scripts/html-check

# Packs in the form that the program reads fastest; after every change of a pack.
generate:
	go generate ./rules

# The packs of rules/derived, from the releases in libraries.csv there. Downloads wheels (pip) into WORK; runs none.
derive:
	scripts/derive "$(WORK)"

# Known misses and false positives, as the fixtures mark them.
gaps:
	@grep -rnE '# (missing|spurious) PKL' testdata --include='*.py' --include='*.txtar' || echo 'no fixture marks a known mistake'

# 30 seconds for each fuzz target; FUZZTIME=5m for longer.
FUZZTIME ?= 30s
fuzz:
	@set -e; for dir in $$(grep -rlE '^func Fuzz' --include='*_test.go' pkg cmd rules | xargs -n 1 dirname | sort -u); do \
		for f in $$(grep -hoE '^func Fuzz[A-Za-z0-9]+' $$dir/*_test.go | sed 's/^func //'); do \
			echo "==> $$dir $$f"; go test ./$$dir -run '^$$' -fuzz "^$$f\$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 1s; \
		done; \
	done

# The long part of what go test does in short: many more random programs, every fixture rewritten, and each fuzz target.
SOAK ?= 20
soak:
	PICKLETRACE_SOAK=$(SOAK) go test -count=1 -timeout 60m -run 'TestCallIsBody|TestMeaning|TestGrowth|TestJoinLaws|TestPmap' ./pkg/scan ./pkg/taint
	$(MAKE) fuzz FUZZTIME=2m

# Changes the engine one operator at a time and says which changes no test notices: make mutate [COUNT=40] [SEED=1]
COUNT ?= 40
SEED ?= 1
mutate:
	python3 scripts/mutate.py --count $(COUNT) --seed $(SEED)

# What scans of trees cost, cold, warm and after changes, beside other tools: make bench TREES="path path" [RUNS=3]
# [TOOLS=ruff,bandit,semgrep] [JSON=file]. `make measured` does the same and writes it into docs/measured.md.
RUNS ?= 3
TOOLS ?= ruff,bandit,semgrep
TREES ?= $(TREE)
JSON ?=
bench:
	@test -n "$(TREES)" || { echo 'say which trees: make bench TREES="path path"'; exit 2; }
	python3 scripts/bench.py --runs $(RUNS) --tools "$(TOOLS)" $(if $(JSON),--json "$(JSON)") $(TREES)
measured:
	$(MAKE) bench JSON=docs/measured.json
	python3 scripts/bench.py --from docs/measured.json --readme docs/measured.md

# What the fixes of reports do on trees, into docs/measured.md: make fixes TREES="path path"
fixes:
	@test -n "$(TREES)" || { echo 'say which trees: make fixes TREES="path path"'; exit 2; }
	python3 scripts/fixes.py --readme docs/measured.md $(TREES)
