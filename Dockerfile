# Pin this by its digest where you build, so that the same sources give the same image:
#   docker buildx imagetools inspect node:24-slim            says the digest,
#   docker build --build-arg NODE_IMAGE=node:24-slim@sha256:… .   takes it; or write it behind the tag here.
# (Where this was written no registry could be asked for it, and a digest that nobody has looked up would be worse than a tag.)
ARG NODE_IMAGE=node:24-slim

# What runs: production dependencies only.
FROM ${NODE_IMAGE} AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
# The canvas is one that PDFs could be drawn with, and nothing here does.
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund && rm -rf node_modules/@napi-rs

# What a start reads: the sources in a few files; and the list of all packages that go with them.
FROM ${NODE_IMAGE} AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY src ./src
RUN node --disable-warning=ExperimentalWarning src/cli/build.ts
RUN node --disable-warning=ExperimentalWarning src/cli/sbom.ts > sbom.cdx.json

FROM ${NODE_IMAGE}
# Reachable from outside the container: with PLAYGROUND=on the start asks for PLAYGROUND_PASSWORD.
ENV NODE_ENV=production HOST=0.0.0.0 DATABASE_URL=sqlite:/app/data/nemo-bot.db \
    NODE_COMPILE_CACHE=/app/data/compile-cache
# Letters of Latin script and Chinese, for the picture of a timeline.
RUN apt-get update && apt-get install -y --no-install-recommends fonts-wqy-microhei && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY --from=dependencies /app/node_modules ./node_modules
COPY package.json package-lock.json LICENSE ./
COPY src ./src
COPY --from=build /app/dist ./dist
COPY --from=build /app/sbom.cdx.json ./
# All that is ever written is below it: the root file system may be read-only.
RUN mkdir data && chown node:node data
USER node
VOLUME /app/data
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 3000}/healthz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--disable-warning=ExperimentalWarning", "src/main.ts"]
