# One image for web, worker and scheduler; the command says which.
FROM node:24-bookworm-slim AS assets
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci --omit=optional --omit=dev --no-audit --no-fund
COPY static/ static/
RUN node static/make.mjs

FROM python:3.11-slim-bookworm
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 STATIC_DIR=/srv/static MEDIA_DIR=/srv/media
RUN apt-get update \
 && apt-get install --yes --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 curl clamdscan postgresql-client \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --create-home --uid 1000 app \
 && mkdir -p /srv/static /srv/media /srv/signing \
 && chown -R app /srv
WORKDIR /app
COPY pyproject.toml constraints.txt README.md LICENSE ./
RUN pip install --no-cache-dir --constraint constraints.txt .
COPY . .
COPY config/deployment/clamd-remote.conf /etc/clamav/clamd-remote.conf
COPY --from=assets /build/static/build static/build
# The production settings ask for everything that a running site needs; collecting needs none of it.
RUN INSTALLATION=production SECRET_KEY=unused SEALING_KEY=$(openssl rand -hex 32) DATABASE_URL=sqlite:////tmp/unused CACHE_URL=dummycache:// \
    CELERY_BROKER_URL=memory:// ALLOWED_HOSTS=unused EMAIL_URL=dummymail:// DEFAULT_FROM_EMAIL=unused \
    SITE_URL=https://unused TRUSTED_PROXIES=0 SCANNER_COMMAND=none SIGNING_KEY_FILE=unused SIGNING_CERTIFICATE_FILE=unused VAR_DIR=/tmp \
    python manage.py collectstatic --noinput
USER app
EXPOSE 8000
CMD ["gunicorn", "config.wsgi", "--no-control-socket", "--logger-class", "config.logs.AccessLogger", "--bind", "0.0.0.0:8000", "--workers", "2", "--threads", "4"]
