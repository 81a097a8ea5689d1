import type { FastifyInstance } from 'fastify';
import type { Rooms } from '../rooms.js';

/** A page that says what answers here; no style and no script, so the strict policy holds for it. */
export function registerHome(server: FastifyInstance, { ledger, organisation }: Rooms): void {
  server.get('/', { config: { isPublic: true } }, async (_request, reply) => {
    const name = escapeHtml(organisation.name);
    const origin = escapeHtml(ledger.origin);
    reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache');
    return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Provtrail of ${name}</title></head>
<body>
<h1>Provtrail of ${name}</h1>
<p>Log <code>${origin}</code>, ${ledger.head().size} entries.</p>
<ul>
<li><a href="/graphiql">/graphiql</a>: ask it something (needs an access token)</li>
<li>/graphql, /graphql/stream: the API, and its subscriptions as server-sent events</li>
<li><a href="/schema.graphql">/schema.graphql</a>: its schema</li>
<li>POST /capture: documents in bulk</li>
<li><a href="/log/${origin}/checkpoint">/log/${origin}/checkpoint</a>: the signed head; tiles beside it</li>
<li><a href="/healthz">/healthz</a>, <a href="/readyz">/readyz</a>, /metrics</li>
</ul>
</body>
</html>
`;
  });
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
