import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

/** A part of the explorer, ready to be sent. The hash of its bytes stands in its address, so it never changes. */
export interface GraphiqlAsset {
  path: string;
  mediaType: string;
  raw: Buffer;
  gzipped: Buffer;
}

export interface Graphiql {
  html: string;
  assets: Map<string, GraphiqlAsset>;
}

const JAVASCRIPT = 'text/javascript; charset=utf-8';

/** What the page is told. A token pasted into its header editor is not kept in the browser. */
const PAGE_OPTIONS = {
  endpoint: '/graphql',
  subscriptionsEndpoint: '/graphql/stream',
  subscriptionsProtocol: 'GRAPHQL_SSE',
  method: 'POST',
  title: 'Provtrail',
  shouldPersistHeaders: false,
  defaultEditorToolsVisibility: 'headers',
  headers: '{\n  "authorization": "Bearer <access token>"\n}\n',
  defaultQuery: [
    '# First put a token under "Headers" below; this makes one:',
    '#   npx provtrail token --data DIR --role clinician',
    '# Then reload the schema (the round arrow, lower left) and run this:',
    '{',
    '  records(first: 5) {',
    '    edges { node { cid type seq capturedAt } }',
    '  }',
    '}',
    '',
  ].join('\n'),
};

/** Reads the bundled explorer: 9 MB, so only once somebody asks for it. Nothing of it comes from elsewhere. */
export async function loadGraphiql(): Promise<Graphiql> {
  const bundle = await import('@graphql-yoga/render-graphiql/graphiql');
  const workers = {
    editorWorkerService: await makeAsset('editor.js', JAVASCRIPT, bundle.editorWorkerService),
    json: await makeAsset('json.js', JAVASCRIPT, bundle.jsonWorker),
    graphql: await makeAsset('graphql.js', JAVASCRIPT, bundle.graphqlWorker),
  };
  const style = await makeAsset('style.css', 'text/css; charset=utf-8', bundle.css);
  const addresses = Object.entries(workers).map(([name, { path }]) => [name, path] as const);
  const boot = formatBoot(Object.fromEntries(addresses));
  const script = await makeAsset('app.js', JAVASCRIPT, `${bundle.js};\n${boot}`);
  const all = [...Object.values(workers), style, script];
  return {
    html: formatPage(style.path, script.path),
    assets: new Map(all.map((asset) => [asset.path, asset])),
  };
}

async function makeAsset(name: string, mediaType: string, text: string): Promise<GraphiqlAsset> {
  const raw = Buffer.from(text);
  const hash = createHash('sha256').update(raw).digest('hex').slice(0, 16);
  const path = `/graphiql/${hash}/${name}`;
  return { path, mediaType, raw, gzipped: await promisify(gzip)(raw) };
}

/** The workers have addresses of their own instead of blobs, so that the policy needs neither blob: nor inline script. */
function formatBoot(workers: Record<string, string>): string {
  return `const workers = ${JSON.stringify(workers)};
self.MonacoEnvironment = { globalAPI: false, getWorkerUrl: (_id, label) => workers[label] };
YogaGraphiQL.renderYogaGraphiQL(document.querySelector('#root'), ${JSON.stringify(PAGE_OPTIONS)});
`;
}

function formatPage(stylePath: string, scriptPath: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Provtrail explorer</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${stylePath}">
</head>
<body class="no-focus-outline">
<noscript>The explorer needs JavaScript.</noscript>
<div id="root"></div>
<script src="${scriptPath}"></script>
</body>
</html>
`;
}
