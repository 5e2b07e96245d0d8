# A static binary in an empty image: docker build -t flowbatch . (see compose.yaml)
FROM rust:1.95-alpine AS build
RUN apk add --no-cache musl-dev
WORKDIR /src
COPY . .
# SQLite is told of fdatasync in .cargo/config.toml; the roots of TLS come along from here.
RUN apk add --no-cache ca-certificates && cargo build --release --locked \
    && mkdir -p /image/etc/ssl/certs /image/tmp /image/state /image/contracts \
    && cp target/release/flowbatch /image/flowbatch \
    && cp /etc/ssl/certs/ca-certificates.crt /image/etc/ssl/certs/ \
    && chmod 1777 /image/tmp && chown 10001:10001 /image/state /image/contracts

FROM scratch
COPY --from=build /image /
USER 10001:10001
ENV FLOWBATCH_STATE_DIR=/state SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt HOME=/state
# The journal: on a local disk, never on a network share, and never thrown away.
VOLUME /state
# What is to be sent, and config.toml.
WORKDIR /contracts
ENTRYPOINT ["/flowbatch"]
CMD ["--help"]
