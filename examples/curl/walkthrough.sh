#!/usr/bin/env bash
# Where a record comes from and what depends on it, figures, and a table. Needs curl and jq.
#
#   PROVTRAIL_URL=http://127.0.0.1:4000 PROVTRAIL_TOKEN=... bash walkthrough.sh [DIRECTORY]
set -euo pipefail

url="${PROVTRAIL_URL:-http://127.0.0.1:4000}"
auth="authorization: Bearer ${PROVTRAIL_TOKEN:-}"
directory="${1:-.}"

# ask QUERY [VARIABLES as JSON]: the data of a GraphQL answer
ask() {
  jq -nc --arg query "$1" --argjson variables "${2:-null}" '{$query, $variables}' |
    curl -sS --fail-with-body -H "$auth" -H 'content-type: application/json' -d @- "$url/graphql" |
    jq -e 'if .errors then error(.errors[0].message) else .data end'
}

echo '1. A payment of a health plan'
payment=$(ask '{ records(filter: { type: "ExplanationOfBenefit" }, orderBy: SEQ_ASC, first: 1) { nodes { cid } } }' |
  jq -r '.records.nodes[0].cid')
echo "   $payment"

echo '2. Where it comes from'
lineage=$(ask 'query Lineage($cid: CID!) {
  lineage(input: { roots: [{ cid: $cid }], direction: UPSTREAM, depthMax: 20 }) {
    nodes { cid type depth }
    edges { relation }
    isComplete reason position
  }
}' "{\"cid\":\"$payment\"}")
jq -r '.lineage |
  (.nodes[] | "   " + ("  " * .depth) + " " + (.type // "sealed")),
  "   \(.edges | length) relations as of entry \(.position): \(if .isComplete then "all there is" else "NOT all: \(.reason)" end)"' <<< "$lineage"

echo '3. What a correction of its claim would touch'
claim=$(jq -r '[.lineage.nodes[] | select(.type == "Claim")][0].cid' <<< "$lineage")
ask 'query Impact($cid: CID!) {
  impact(input: { roots: [{ cid: $cid }] }) { count byType { type count } isComplete reason }
}' "{\"cid\":\"$claim\"}" | jq -r '.impact |
  "   \([.byType[] | "\(.count) \(.type)"] | join(", "))",
  "   \(.count) in all: \(if .isComplete then "all there is" else "NOT all: \(.reason)" end)"'

echo '4. What was claimed and paid'
ask '{ analytics { claims { totals(by: [CLAIM_TYPE]) { groups { keys { id } claims billed paid } } } } }' |
  jq -r '.analytics.claims.totals.groups[] |
    "   \([.keys[].id // "-"] | join(" ")): \(.claims) claims, \(.billed) billed, \(.paid) paid"'

echo '5. How many records of each type'
# the last line of an export says whether all rows came; without it a part is missing
rows="$directory/records-curl.jsonl"
curl -sS --fail-with-body -H "$auth" "$url/export?what=records&format=jsonl&latestOnly=true" -o "$rows"
tail -n 1 "$rows" | jq -e '.export.isComplete' > /dev/null
jq -r 'select(.export | not) | .type' "$rows" | sort | uniq -c | sort -rn | head -n 5

echo '6. All claims as a table'
# curl fails with 18 when a transfer is broken off, so a CSV that is there is whole
curl -sS --fail-with-body -H "$auth" "$url/export?what=claims&format=csv" -o "$directory/claims-curl.csv"
echo "   $directory/claims-curl.csv"

echo '7. The signed head of the log, which anybody may read'
origin=$(ask '{ log { origin } }' | jq -r '.log.origin')
curl -sS --fail-with-body "$url/log/$origin/checkpoint" | sed 's/^/   /'
