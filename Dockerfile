# The relay as an image: one file on Node, no packages, no shell needed, nobody's root.

FROM node:24-slim AS build
WORKDIR /ringside
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY tsconfig.json ./
COPY shared ./shared
COPY relay ./relay
RUN npm run build:relay
RUN mkdir data

FROM node:24-slim
ENV NODE_ENV=production RELAY_HOST=0.0.0.0 RELAY_DATA_DIR=/data
WORKDIR /ringside
COPY --from=build /ringside/.output/relay/relay.mjs ./relay.mjs
COPY --from=build --chown=1000:1000 /ringside/data /data
USER 1000:1000
VOLUME /data
EXPOSE 8787
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.RELAY_PORT || 8787}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "relay.mjs"]
