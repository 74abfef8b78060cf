#!/usr/bin/env bash
# The steps of action.yml. Inputs come as variables, so that none is ever read as code:
#
#   action.sh install   puts the program in place; output: program
#   action.sh scan      scans, writes report, summary and outputs; ends with 0 whatever was found, so that it is uploaded
#   action.sh gate      ends with the code that the scan ended with
#
# PICKLETRACE_MIRROR is where releases are downloaded from instead of GitHub: an https or file URL of a folder with a
# folder per version. Runs in bash 3.2 (macOS) and in Git for Windows.
set -euo pipefail

releases=https://github.com/pickletrace/pickletrace/releases/download

die() { # die MESSAGE: wrong usage
	printf '::error title=pickletrace::%s\n' "$1"
	exit 2
}

output() { # output NAME VALUE
	case $2 in
	*$'\n'* | *$'\r'*) die "$1 must be one line" ;;
	esac
	printf '%s=%s\n' "$1" "$2" >>"$GITHUB_OUTPUT"
}

# native PATH: as programs that are not of this shell understand it.
native() {
	if command -v cygpath >/dev/null; then cygpath -m "$1"; else printf '%s\n' "$1"; fi
}

scratch() {
	local temp=${RUNNER_TEMP:-${TMPDIR:-/tmp}}
	if command -v cygpath >/dev/null; then temp=$(cygpath -u "$temp"); fi
	mktemp -d "$temp/pickletrace.XXXXXX"
}

# target: the machine, in the words of the archives' names.
target() {
	local os arch
	case ${RUNNER_OS:-$(uname -s)} in
	Linux) os=linux ;;
	macOS | Darwin) os=darwin ;;
	Windows | MINGW* | MSYS*) os=windows ;;
	*) return 1 ;;
	esac
	case ${RUNNER_ARCH:-$(uname -m)} in
	X64 | x86_64 | amd64) arch=amd64 ;;
	ARM64 | aarch64 | arm64) arch=arm64 ;;
	*) return 1 ;;
	esac
	printf '%s-%s\n' "$os" "$arch"
}

sha256() { # sha256 FILE
	if command -v sha256sum >/dev/null; then sha256sum <"$1"; else shasum -a 256 <"$1"; fi | cut -d ' ' -f 1
}

# download VERSION DIR: the program of a release, if its archive is the one that this action knows.
download() {
	local version=$1 dir=$2 machine name want got from protocols='=https'
	machine=$(target) || die "there is no release for this machine (${RUNNER_OS:-$(uname -s)} ${RUNNER_ARCH:-$(uname -m)}); use version: source"
	name=pickletrace-$version-$machine.tar.gz
	want=$(awk -v name="$name" '$2 == name { print $1 }' "$GITHUB_ACTION_PATH/scripts/checksums.txt")
	[ -n "$want" ] || die "version: this action has no checksum of $name; take the action's commit for that release, or version: source"
	from=${PICKLETRACE_MIRROR:-$releases}
	case $from in
	file://*) protocols='=file' ;;
	esac
	curl --fail --silent --show-error --location --retry 3 --proto "$protocols" --proto-redir '=https' \
		--output "$dir/$name" "${from%/}/v$version/$name" || die "could not download $name"
	got=$(sha256 "$dir/$name")
	[ "$got" = "$want" ] || die "$name has the SHA-256 $got instead of $want: it is not what was released, and was not run"
	tar -xzf "$dir/$name" -C "$dir"
	rm "$dir/$name"
}

install() {
	local version=${INPUT_VERSION#v} dir file
	dir=$(scratch)
	file=$dir/pickletrace
	if [ "$version" = source ]; then
		(cd "$GITHUB_ACTION_PATH" && GOFLAGS='' GOWORK=off CGO_ENABLED=1 go build -trimpath -buildvcs=false -o "$(native "$dir")/" ./cmd/pickletrace) ||
			die "could not build the program: that needs Go and a C compiler"
	elif [[ $version =~ ^[0-9]+\.[0-9]+\.[0-9]+$ ]]; then
		download "$version" "$dir"
	else
		die "version: '$INPUT_VERSION' is neither an exact version, such as 1.2.3, nor source"
	fi
	if [ -e "$file.exe" ]; then file=$file.exe; fi
	"$file" version
	output program "$(native "$file")"
}

# lines TEXT: appends the lines of the text that are not blank to the array "list", without blanks around them.
lines() {
	local line
	while IFS=$' \t\r' read -r line || [ -n "$line" ]; do
		if [ -n "$line" ]; then list+=("$line"); fi
	done <<<"$1"
}

# log FORMAT COMMAND...: runs the command and gives its exit code. Code under scan is printed, and must not give commands to
# the runner; only the format that is meant to does.
log() {
	local format=$1 code=0 token
	shift
	if [ "$format" = github ]; then
		"$@" || code=$?
		return "$code"
	fi
	token=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
	printf '::stop-commands::%s\n' "$token"
	"$@" 2>&1 || code=$?
	printf '::%s::\n' "$token"
	return "$code"
}

# number NAME FILE: a number of the summary, which is the last line of a jsonl report.
number() {
	tail -n 1 "$2" | sed -n 's/.*"'"$1"'":\([0-9][0-9]*\).*/\1/p'
}

# base: the revision that a pull request is compared with, "" if this is none. What is checked out by default is the merge
# that GitHub makes of it: its first parent is the target branch as it was merged, while base.sha of the event is where the
# branch was when the pull request was opened, and would make the colleagues' changes this one's.
base() {
	case ${GITHUB_EVENT_NAME:-} in
	pull_request | pull_request_target | merge_group) ;;
	*) return 0 ;;
	esac
	if git -c safe.directory='*' rev-parse --quiet --verify 'HEAD^2' >/dev/null 2>&1 && [[ ${GITHUB_REF:-} == refs/pull/*/merge ]]; then
		printf 'HEAD^1\n'
	elif [ -n "${GITHUB_BASE_REF:-}" ]; then
		printf 'origin/%s\n' "$GITHUB_BASE_REF"
	else
		printf 'HEAD^1\n'
	fi
}

scan() {
	local dir sarif code=0 list against=${INPUT_DIFF_BASE:-}
	if [ "$against" = pull-request ]; then against=$(base); fi
	case ${INPUT_TRUST_HEAD:-false} in
	true | false) ;;
	*) die "trust-head: '$INPUT_TRUST_HEAD' is neither true nor false" ;;
	esac
	dir=$(native "$(scratch)")
	sarif=${INPUT_SARIF_FILE:-$dir/pickletrace.sarif}
	case $sarif in
	/* | [A-Za-z]:[/\\]*) ;;
	*) sarif=$(native "$PWD")/$sarif ;;
	esac
	mkdir -p "$(dirname "$sarif")"
	rm -f "$sarif"
	list=(--format "${INPUT_FORMAT:-text}" -o "sarif=$sarif" -o "markdown=$dir/summary.md" -o "jsonl=$dir/report.jsonl")
	if [ -n "${INPUT_CONFIG:-}" ]; then list+=(--config "$INPUT_CONFIG"); fi
	if [ -n "${INPUT_MIN_LEVEL:-}" ]; then list+=(--min-level "$INPUT_MIN_LEVEL"); fi
	if [ -n "${INPUT_FAIL_ON:-}" ]; then list+=(--fail-on "$INPUT_FAIL_ON"); fi
	if [ -n "$against" ]; then list+=(--diff-base "$against"); fi
	if [ -n "$against" ] && [ "${INPUT_TRUST_HEAD:-false}" = true ]; then list+=(--trust-head); fi
	lines "${INPUT_ARGS:-}"
	list+=(--)
	lines "${INPUT_PATHS:-}"
	log "${INPUT_FORMAT:-text}" "$PROGRAM" scan "${list[@]}" || code=$?
	output exit-code "$code"
	if [ ! -s "$sarif" ] || [ ! -s "$dir/report.jsonl" ]; then
		# Nothing to upload: a code that says success would be a lie.
		[ "$code" -ne 0 ] || die "the scan ended with 0 and wrote no report"
		return
	fi
	output sarif-file "$sarif"
	output new-findings "$(number findings "$dir/report.jsonl")"
	output findings "$(($(number findings "$dir/report.jsonl") + $(number unchanged "$dir/report.jsonl")))"
	cat "$dir/summary.md" >>"$GITHUB_STEP_SUMMARY"
}

gate() {
	case $EXIT_CODE in
	0) printf 'pickletrace: nothing that fails the job\n' ;;
	1) printf '::error title=pickletrace::%s: see the summary of the job, or code scanning\n' "${NEW_FINDINGS:-some} finding(s)" ;;
	2) printf '::error title=pickletrace::nothing was scanned, because of wrong inputs or configuration: see the log\n' ;;
	3) printf '::error title=pickletrace::the scan is incomplete, so that nothing can be said of what was not read: see the log\n' ;;
	*[!0-9]* | '') die "the scan ended with '$EXIT_CODE'" ;;
	*) printf '::error title=pickletrace::the scan ended with code %s\n' "$EXIT_CODE" ;;
	esac
	exit "$EXIT_CODE"
}

case ${1:-} in
install | scan | gate) "$1" ;;
*) die 'usage: action.sh install|scan|gate' ;;
esac
