/* eslint-disable */
import * as types from './graphql.js';



/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "mutation Capture($input: CaptureInput!) {\n  capture(input: $input) {\n    receipts {\n      document\n      pointer\n      cid\n      rid\n      version\n      statementCid\n      entryCid\n      seq\n      at\n      state\n      size\n      checkpoint\n      repeated\n    }\n    userErrors {\n      code\n      message\n      path\n      pointer\n    }\n  }\n}": typeof types.CaptureDocument,
    "mutation Correct($input: CorrectInput!) {\n  correct(input: $input) {\n    receipt {\n      cid\n      rid\n      version\n      statementCid\n      entryCid\n      seq\n      at\n      state\n      size\n      checkpoint\n    }\n    userErrors {\n      code\n      message\n      path\n      pointer\n    }\n  }\n}": typeof types.CorrectDocument,
    "query Dispensed {\n  events(filter: {EQ_bizStep: [\"dispensing\"]}, orderBy: TIME_ASC, first: 1) {\n    nodes {\n      epcList(first: 1) {\n        epcs\n      }\n    }\n  }\n}": typeof types.DispensedDocument,
    "query Entries($first: Int, $after: String, $from: Seq) {\n  log {\n    origin\n    entries(first: $first, after: $after, from: $from) {\n      nodes {\n        cid\n        seq\n        prev\n        at\n        statement {\n          cid\n          type\n          author\n          issuedAt\n          body\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      totalCount\n    }\n  }\n}": typeof types.EntriesDocument,
    "query Lineage($input: LineageInput!) {\n  lineage(input: $input) {\n    nodes {\n      cid\n      rid\n      version\n      depth\n      seq\n      capturedAt\n      class\n      type\n      occurredAt\n    }\n    edges {\n      from\n      to\n      relation\n      path\n    }\n    isComplete\n    reason\n    omitted\n    isOmittedExact\n    frontier\n    redacted\n    cycles\n    position\n  }\n}": typeof types.LineageDocument,
    "query Log($origin: String) {\n  log(origin: $origin) {\n    origin\n    cid\n    organisation {\n      name\n      slug\n    }\n    authors\n    head {\n      size\n      root\n      text\n    }\n    index {\n      position\n      lagEntries\n      lagMs\n      records\n      edges\n      dangling\n    }\n  }\n}": typeof types.LogDocument,
    "query Paths($from: ID!, $to: ID!, $k: Int, $maxLength: Int) {\n  paths(from: $from, to: $to, k: $k, maxLength: $maxLength) {\n    paths {\n      length\n      nodes {\n        cid\n        type\n        seq\n      }\n      edges {\n        from\n        to\n        relation\n        path\n      }\n    }\n    isExhaustive\n    position\n  }\n}": typeof types.PathsDocument,
    "query Provenance($cid: CID!) {\n  provenance(cid: $cid) {\n    record {\n      cid\n      rid\n      version\n      class\n      type\n      contentState\n    }\n    versions {\n      cid\n      version\n      seq\n      capturedAt\n    }\n    author {\n      kid\n      organisation\n      log\n    }\n    activity {\n      kind\n      startedAt\n      endedAt\n    }\n    entry {\n      cid\n      seq\n      prev\n      at\n      statement {\n        cid\n        type\n        payload\n        protected\n        signature\n      }\n    }\n    inclusionProof {\n      seq\n      size\n      leafHash\n      hashes\n      root\n      checkpoint\n    }\n    custody {\n      kind\n      seq\n      at\n      version\n    }\n    position\n  }\n}": typeof types.ProvenanceDocument,
    "query Record($cid: CID, $rid: ID, $version: Int) {\n  record(cid: $cid, rid: $rid, version: $version) {\n    id\n    cid\n    rid\n    version\n    seq\n    capturedAt\n    class\n    type\n    mediaType\n    sizeBytes\n    occurredAt\n    isLatest\n    author\n    statementCid\n    entryCid\n    contentState\n    content\n    inclusionProof {\n      seq\n      size\n      leafHash\n      hashes\n      root\n      checkpoint\n    }\n  }\n}": typeof types.RecordDocument,
    "query Records($filter: RecordFilter, $orderBy: RecordOrder, $first: Int, $after: String) {\n  records(filter: $filter, orderBy: $orderBy, first: $first, after: $after) {\n    nodes {\n      cid\n      rid\n      version\n      seq\n      capturedAt\n      class\n      type\n      occurredAt\n      isLatest\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n    position\n  }\n}": typeof types.RecordsDocument,
    "subscription Watch($after: Seq) {\n  entries(after: $after) {\n    cid\n    seq\n    at\n    statement {\n      type\n      author\n    }\n  }\n}": typeof types.WatchDocument,
};
const documents: Documents = {
    "mutation Capture($input: CaptureInput!) {\n  capture(input: $input) {\n    receipts {\n      document\n      pointer\n      cid\n      rid\n      version\n      statementCid\n      entryCid\n      seq\n      at\n      state\n      size\n      checkpoint\n      repeated\n    }\n    userErrors {\n      code\n      message\n      path\n      pointer\n    }\n  }\n}": types.CaptureDocument,
    "mutation Correct($input: CorrectInput!) {\n  correct(input: $input) {\n    receipt {\n      cid\n      rid\n      version\n      statementCid\n      entryCid\n      seq\n      at\n      state\n      size\n      checkpoint\n    }\n    userErrors {\n      code\n      message\n      path\n      pointer\n    }\n  }\n}": types.CorrectDocument,
    "query Dispensed {\n  events(filter: {EQ_bizStep: [\"dispensing\"]}, orderBy: TIME_ASC, first: 1) {\n    nodes {\n      epcList(first: 1) {\n        epcs\n      }\n    }\n  }\n}": types.DispensedDocument,
    "query Entries($first: Int, $after: String, $from: Seq) {\n  log {\n    origin\n    entries(first: $first, after: $after, from: $from) {\n      nodes {\n        cid\n        seq\n        prev\n        at\n        statement {\n          cid\n          type\n          author\n          issuedAt\n          body\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      totalCount\n    }\n  }\n}": types.EntriesDocument,
    "query Lineage($input: LineageInput!) {\n  lineage(input: $input) {\n    nodes {\n      cid\n      rid\n      version\n      depth\n      seq\n      capturedAt\n      class\n      type\n      occurredAt\n    }\n    edges {\n      from\n      to\n      relation\n      path\n    }\n    isComplete\n    reason\n    omitted\n    isOmittedExact\n    frontier\n    redacted\n    cycles\n    position\n  }\n}": types.LineageDocument,
    "query Log($origin: String) {\n  log(origin: $origin) {\n    origin\n    cid\n    organisation {\n      name\n      slug\n    }\n    authors\n    head {\n      size\n      root\n      text\n    }\n    index {\n      position\n      lagEntries\n      lagMs\n      records\n      edges\n      dangling\n    }\n  }\n}": types.LogDocument,
    "query Paths($from: ID!, $to: ID!, $k: Int, $maxLength: Int) {\n  paths(from: $from, to: $to, k: $k, maxLength: $maxLength) {\n    paths {\n      length\n      nodes {\n        cid\n        type\n        seq\n      }\n      edges {\n        from\n        to\n        relation\n        path\n      }\n    }\n    isExhaustive\n    position\n  }\n}": types.PathsDocument,
    "query Provenance($cid: CID!) {\n  provenance(cid: $cid) {\n    record {\n      cid\n      rid\n      version\n      class\n      type\n      contentState\n    }\n    versions {\n      cid\n      version\n      seq\n      capturedAt\n    }\n    author {\n      kid\n      organisation\n      log\n    }\n    activity {\n      kind\n      startedAt\n      endedAt\n    }\n    entry {\n      cid\n      seq\n      prev\n      at\n      statement {\n        cid\n        type\n        payload\n        protected\n        signature\n      }\n    }\n    inclusionProof {\n      seq\n      size\n      leafHash\n      hashes\n      root\n      checkpoint\n    }\n    custody {\n      kind\n      seq\n      at\n      version\n    }\n    position\n  }\n}": types.ProvenanceDocument,
    "query Record($cid: CID, $rid: ID, $version: Int) {\n  record(cid: $cid, rid: $rid, version: $version) {\n    id\n    cid\n    rid\n    version\n    seq\n    capturedAt\n    class\n    type\n    mediaType\n    sizeBytes\n    occurredAt\n    isLatest\n    author\n    statementCid\n    entryCid\n    contentState\n    content\n    inclusionProof {\n      seq\n      size\n      leafHash\n      hashes\n      root\n      checkpoint\n    }\n  }\n}": types.RecordDocument,
    "query Records($filter: RecordFilter, $orderBy: RecordOrder, $first: Int, $after: String) {\n  records(filter: $filter, orderBy: $orderBy, first: $first, after: $after) {\n    nodes {\n      cid\n      rid\n      version\n      seq\n      capturedAt\n      class\n      type\n      occurredAt\n      isLatest\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n    position\n  }\n}": types.RecordsDocument,
    "subscription Watch($after: Seq) {\n  entries(after: $after) {\n    cid\n    seq\n    at\n    statement {\n      type\n      author\n    }\n  }\n}": types.WatchDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation Capture($input: CaptureInput!) {\n  capture(input: $input) {\n    receipts {\n      document\n      pointer\n      cid\n      rid\n      version\n      statementCid\n      entryCid\n      seq\n      at\n      state\n      size\n      checkpoint\n      repeated\n    }\n    userErrors {\n      code\n      message\n      path\n      pointer\n    }\n  }\n}"): typeof import('./graphql.js').CaptureDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation Correct($input: CorrectInput!) {\n  correct(input: $input) {\n    receipt {\n      cid\n      rid\n      version\n      statementCid\n      entryCid\n      seq\n      at\n      state\n      size\n      checkpoint\n    }\n    userErrors {\n      code\n      message\n      path\n      pointer\n    }\n  }\n}"): typeof import('./graphql.js').CorrectDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query Dispensed {\n  events(filter: {EQ_bizStep: [\"dispensing\"]}, orderBy: TIME_ASC, first: 1) {\n    nodes {\n      epcList(first: 1) {\n        epcs\n      }\n    }\n  }\n}"): typeof import('./graphql.js').DispensedDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query Entries($first: Int, $after: String, $from: Seq) {\n  log {\n    origin\n    entries(first: $first, after: $after, from: $from) {\n      nodes {\n        cid\n        seq\n        prev\n        at\n        statement {\n          cid\n          type\n          author\n          issuedAt\n          body\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      totalCount\n    }\n  }\n}"): typeof import('./graphql.js').EntriesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query Lineage($input: LineageInput!) {\n  lineage(input: $input) {\n    nodes {\n      cid\n      rid\n      version\n      depth\n      seq\n      capturedAt\n      class\n      type\n      occurredAt\n    }\n    edges {\n      from\n      to\n      relation\n      path\n    }\n    isComplete\n    reason\n    omitted\n    isOmittedExact\n    frontier\n    redacted\n    cycles\n    position\n  }\n}"): typeof import('./graphql.js').LineageDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query Log($origin: String) {\n  log(origin: $origin) {\n    origin\n    cid\n    organisation {\n      name\n      slug\n    }\n    authors\n    head {\n      size\n      root\n      text\n    }\n    index {\n      position\n      lagEntries\n      lagMs\n      records\n      edges\n      dangling\n    }\n  }\n}"): typeof import('./graphql.js').LogDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query Paths($from: ID!, $to: ID!, $k: Int, $maxLength: Int) {\n  paths(from: $from, to: $to, k: $k, maxLength: $maxLength) {\n    paths {\n      length\n      nodes {\n        cid\n        type\n        seq\n      }\n      edges {\n        from\n        to\n        relation\n        path\n      }\n    }\n    isExhaustive\n    position\n  }\n}"): typeof import('./graphql.js').PathsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query Provenance($cid: CID!) {\n  provenance(cid: $cid) {\n    record {\n      cid\n      rid\n      version\n      class\n      type\n      contentState\n    }\n    versions {\n      cid\n      version\n      seq\n      capturedAt\n    }\n    author {\n      kid\n      organisation\n      log\n    }\n    activity {\n      kind\n      startedAt\n      endedAt\n    }\n    entry {\n      cid\n      seq\n      prev\n      at\n      statement {\n        cid\n        type\n        payload\n        protected\n        signature\n      }\n    }\n    inclusionProof {\n      seq\n      size\n      leafHash\n      hashes\n      root\n      checkpoint\n    }\n    custody {\n      kind\n      seq\n      at\n      version\n    }\n    position\n  }\n}"): typeof import('./graphql.js').ProvenanceDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query Record($cid: CID, $rid: ID, $version: Int) {\n  record(cid: $cid, rid: $rid, version: $version) {\n    id\n    cid\n    rid\n    version\n    seq\n    capturedAt\n    class\n    type\n    mediaType\n    sizeBytes\n    occurredAt\n    isLatest\n    author\n    statementCid\n    entryCid\n    contentState\n    content\n    inclusionProof {\n      seq\n      size\n      leafHash\n      hashes\n      root\n      checkpoint\n    }\n  }\n}"): typeof import('./graphql.js').RecordDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query Records($filter: RecordFilter, $orderBy: RecordOrder, $first: Int, $after: String) {\n  records(filter: $filter, orderBy: $orderBy, first: $first, after: $after) {\n    nodes {\n      cid\n      rid\n      version\n      seq\n      capturedAt\n      class\n      type\n      occurredAt\n      isLatest\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n    position\n  }\n}"): typeof import('./graphql.js').RecordsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "subscription Watch($after: Seq) {\n  entries(after: $after) {\n    cid\n    seq\n    at\n    statement {\n      type\n      author\n    }\n  }\n}"): typeof import('./graphql.js').WatchDocument;


export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}
