# Build with the whole tool chain, run with what is needed and nothing else.
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts
COPY tsconfig.json ./
COPY src ./src
RUN npm run build && npm prune --omit=dev --ignore-scripts && rm -rf node_modules/node

FROM node:24-bookworm-slim
ENV NODE_ENV=production \
    PROVTRAIL_DATA_DIRECTORY=/data \
    PROVTRAIL_HOST=0.0.0.0 \
    PROVTRAIL_PORT=4000
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY schema ./schema
COPY src/cli/gql/persisted-documents.json ./src/cli/gql/persisted-documents.json
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 4000
HEALTHCHECK --interval=15s --timeout=3s --start-period=10s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:'+(process.env.PROVTRAIL_PORT||4000)+'/healthz').then(r=>process.exit(r.ok?0:1),()=>process.exit(1))"]
# the file itself, not "node file": its first line says how Node is to use memory
ENTRYPOINT ["dist/main.js"]
CMD ["start"]
