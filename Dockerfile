# What runs: production dependencies only.
FROM node:24-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
# The canvas is one that PDFs could be drawn with, and nothing here does.
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund && rm -rf node_modules/@napi-rs

# What a start reads: the sources in a few files.
FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY src ./src
RUN node --disable-warning=ExperimentalWarning src/cli/build.ts

FROM node:24-slim
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
RUN mkdir data && chown node:node data
USER node
VOLUME /app/data
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 3000}/healthz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--disable-warning=ExperimentalWarning", "src/main.ts"]
