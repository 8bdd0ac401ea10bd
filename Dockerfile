# One image for every command; what it archives lies in the volume /archive.
FROM python:3.11-slim

WORKDIR /opt/baoku
COPY requirements.lock ./
RUN pip install --no-cache-dir --require-hashes -r requirements.lock
COPY . .
RUN pip install --no-cache-dir --no-deps --no-build-isolation .

RUN useradd --uid 10001 baoku && mkdir /archive && chown baoku /archive
USER baoku
ENV BAOKU_HOME=/archive
VOLUME /archive
ENTRYPOINT ["baoku"]
CMD ["--help"]
