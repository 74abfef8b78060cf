# The image of pickletrace: one static program, no shell, not root. Scan a folder with
#   docker run --rm --network none --read-only --volume "$PWD:/src:ro" IMAGE
# The target "ci" adds a shell and git, for CI systems that run scripts in the image.

FROM golang:1.26.8-bookworm@sha256:dc9ad6c05acc7a88e5b71bde60a5fe3bd4b9f0db209011711b464107438a8107 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
ARG VERSION=""
RUN CGO_ENABLED=1 go build -trimpath -buildvcs=false -tags netgo,osusergo \
    -ldflags "-s -w -linkmode external -extldflags '-static -s' -X main.version=$VERSION" \
    -o pickletrace ./cmd/pickletrace

FROM alpine:3.24.2@sha256:294b683cb724975bec92580e1e685676bd4b50bda910ddb8c51d4cabeaec77e6 AS ci
# The image is pinned; what its release repository holds of git are fixes of one minor version.
# hadolint ignore=DL3018
RUN apk add --no-cache git
COPY --from=build /src/LICENSE /usr/share/licenses/pickletrace/
COPY --from=build /src/pickletrace /usr/bin/
USER 65532:65532
WORKDIR /src
CMD ["pickletrace", "scan"]

FROM scratch AS main
LABEL org.opencontainers.image.source="https://github.com/pickletrace/pickletrace" \
      org.opencontainers.image.licenses="Apache-2.0"
COPY --from=build /src/LICENSE /usr/share/licenses/pickletrace/
COPY --from=build /src/pickletrace /usr/bin/
USER 65532:65532
WORKDIR /src
ENTRYPOINT ["/usr/bin/pickletrace"]
CMD ["scan"]
