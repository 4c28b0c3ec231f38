# tqcheck with everything that it needs to run offline.
#
#   docker build -t tqcheck .
#   docker run --rm -v "$PWD:/desk" tqcheck check
FROM python:3.12-slim AS build
COPY . /source
RUN python -m venv /opt/tqcheck \
 && /opt/tqcheck/bin/pip install --no-cache-dir --disable-pip-version-check /source

FROM python:3.12-slim
RUN apt-get update \
 && apt-get install -y --no-install-recommends git \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --create-home --uid 1000 tqcheck \
 && install -d -o tqcheck -g tqcheck /cache /desk \
 && git config --system --add safe.directory /desk
COPY --from=build /opt/tqcheck /opt/tqcheck
ENV PATH=/opt/tqcheck/bin:$PATH TQCHECK_CACHE_DIR=/cache PYTHONUNBUFFERED=1
USER tqcheck
WORKDIR /desk
ENTRYPOINT ["tqcheck"]
CMD ["check"]
