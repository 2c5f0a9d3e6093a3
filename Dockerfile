# docs/deploy.md says how to run it.
FROM node:24-slim AS build
WORKDIR /app
# What the packages follow from comes first, so that a change of the source does not install them again.
COPY package.json package-lock.json .npmrc ./
COPY db/patches db/patches
RUN npm ci --include=dev --no-audit --no-fund
COPY . .
RUN node -e "import('./server/boot/build.mjs').then(async ({ ensureBuilt }) => process.exit((await ensureBuilt()) ? 0 : 1))"
# Our tools for tests are what some packages could use as well, and would stay for them. The image has its Node.js
# already, and a command fills the cache of compiled modules.
RUN npm prune --omit=dev --legacy-peer-deps --ignore-scripts --no-audit --no-fund \
  && rm -rf node_modules/node .next/cache .rollcall \
  && find node_modules -name '*.map' -type f -delete \
  && NODE_OPTIONS=--import=file:///app/server/boot/near.mjs NODE_COMPILE_CACHE=/app/.rollcall/compile-cache \
    node server/cli/rollcall.ts --help > /dev/null

FROM node:24-slim
ENV NODE_ENV=production \
  NODE_OPTIONS=--import=file:///app/server/boot/near.mjs \
  NODE_COMPILE_CACHE=/app/.rollcall/compile-cache \
  NEXT_TELEMETRY_DISABLED=1 \
  HOST=0.0.0.0 \
  PORT=3000 \
  ROLLCALL_DATA=/data
WORKDIR /app
RUN mkdir /data /backups && chown node:node /data /backups
# All of it belongs to root, and is only read.
COPY --from=build /app /app
USER node
VOLUME ["/data", "/backups"]
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/api/health`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "server/main.ts"]
