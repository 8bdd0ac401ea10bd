# One image for every command; what it keeps lies in the volume /archive.
FROM python:3.11-slim-bookworm AS build

WORKDIR /build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore
# Without a pip of its own: nothing is installed in a container that runs.
RUN python -m venv --without-pip /opt/baoku
COPY requirements-server.lock ./
RUN pip --python /opt/baoku/bin/python install --require-hashes --only-binary :all: \
    -r requirements-server.lock
COPY . .
RUN pip --python /opt/baoku/bin/python install --no-deps --no-build-isolation .

FROM python:3.11-slim-bookworm

RUN useradd --uid 10001 --no-create-home --home-dir /archive --shell /usr/sbin/nologin baoku \
    && install --directory --owner baoku --group baoku --mode 0700 /archive
COPY --from=build /opt/baoku /opt/baoku
ENV PATH=/opt/baoku/bin:$PATH \
    BAOKU_HOME=/archive \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1
USER 10001:10001
WORKDIR /archive
VOLUME /archive
STOPSIGNAL SIGTERM
ENTRYPOINT ["baoku"]
CMD ["--help"]
