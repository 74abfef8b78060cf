#!/usr/bin/env bash
# The steps of .github/workflows/release.yml; those up to "sums" work on any machine.
#
#   VERSION=1.2.3 TARGETS="linux/amd64 …" release.sh build    the files of a release, into dist (or $DIST)
#   VERSION=1.2.3 TARGET=linux-amd64 release.sh try           runs a program out of its archive in dist (with EMULATOR)
#   VERSION=1.2.3 TAG=true release.sh sums                    dist/checksums.txt; for a tag, compared with what
#                                                               the action knows
#   release.sh names | image | images                         parts of the workflow
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

version=${VERSION:?}
version=${version#v}
dist=${DIST:-dist}

build() {
	local scratch zig=''
	if [[ $TARGETS != darwin* ]]; then
		scratch=$(mktemp -d)
		python3 -m venv "$scratch"
		"$scratch/bin/pip" install --quiet --disable-pip-version-check --requirement scripts/dist/requirements.txt
		zig="$scratch/bin/python -m ziglang"
	fi
	# shellcheck disable=SC2086 # targets are several words
	go run ./scripts/dist -version "$version" -o "$dist" -zig "$zig" $TARGETS
}

# The demo's page shows what a scan of it prints. It must be the same on every platform.
shown() {
	awk '/^<!-- output of: pickletrace scan testdata\/demo -->$/ { on = 1; next } /^<!-- end of output -->$/ { on = 0 } on' testdata/demo/README.md |
		sed '1d;$d'
}

# shellcheck disable=SC2120 # "try" takes nothing
try() {
	local scratch program code=0
	scratch=$(mktemp -d)
	tar -xzf "$dist/pickletrace-$version-$TARGET.tar.gz" -C "$scratch"
	program=$scratch/pickletrace
	if [ -e "$program.exe" ]; then program=$program.exe; fi
	${EMULATOR:-} "$program" version
	[[ $(${EMULATOR:-} "$program" version) == "pickletrace $version "* ]]
	${EMULATOR:-} "$program" scan --color never testdata/demo >"$scratch/out" || code=$?
	if [ "$code" -ne 1 ]; then
		echo "the scan of the demo ended with code $code"
		return 1
	fi
	shown | diff - "$scratch/out"
	rm -r "$scratch"
	echo "$TARGET: works"
}

sums() {
	local known=''
	if [ "${TAG:-}" = true ]; then known=scripts/checksums.txt; fi
	go run ./scripts/dist -version "$version" -o "$dist" -sums -known "$known"
	cat "$dist/checksums.txt"
}

names() {
	{
		echo "archive=$dist/pickletrace-$version-$TARGET.tar.gz"
		echo "sbom=$dist/pickletrace-$version-$TARGET.cdx.json"
	} >>"$GITHUB_OUTPUT"
}

login() {
	printf '%s' "$REGISTRY_TOKEN" | docker login --username "$REGISTRY_USER" --password-stdin "${IMAGE%%/*}"
}

# Each image is built on a machine of its platform, and pushed under a tag with that in it.
image() {
	local stage
	login
	for stage in main ci; do
		docker build --pull --target "$stage" --build-arg VERSION="$version" --tag "$IMAGE:$version-$stage-$ARCH" .
		docker push "$IMAGE:$version-$stage-$ARCH"
	done
}

images() {
	local stage tag
	login
	for stage in main ci; do
		tag=$version
		if [ "$stage" = ci ]; then tag=$version-ci; fi
		docker buildx imagetools create --tag "$IMAGE:$tag" "$IMAGE:$version-$stage-amd64" "$IMAGE:$version-$stage-arm64"
		echo "$stage=$(docker buildx imagetools inspect --format '{{.Manifest.Digest}}' "$IMAGE:$tag")" >>"$GITHUB_OUTPUT"
	done
}

case ${1:-} in
build | try | sums | names | image | images) "$1" ;;
*)
	echo 'usage: release.sh build|try|sums|names|image|images' >&2
	exit 2
	;;
esac
