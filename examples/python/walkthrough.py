"""Where a record comes from and what depends on it, figures, a table, and a proof.

    PROVTRAIL_URL=http://127.0.0.1:4000 PROVTRAIL_TOKEN=... python walkthrough.py [DIRECTORY]
"""

import os
import sys
from collections import Counter

from provtrail import ask, download, export, verify

directory = sys.argv[1] if len(sys.argv) > 1 else "."

print("1. A payment of a health plan")
PAYMENT = '{ records(filter: { type: "ExplanationOfBenefit" }, orderBy: SEQ_ASC, first: 1) { nodes { cid } } }'
payment = ask(PAYMENT)["records"]["nodes"][0]["cid"]
print("  ", payment)

print("2. Where it comes from")
LINEAGE = """
query Lineage($cid: CID!) {
  lineage(input: { roots: [{ cid: $cid }], direction: UPSTREAM, depthMax: 20 }) {
    nodes { type depth cid }
    edges { from to relation path }
    isComplete reason omitted position
  }
}
"""
lineage = ask(LINEAGE, cid=payment)["lineage"]
for node in lineage["nodes"]:
    print("  ", "  " * node["depth"], node["type"])
bounds = "all there is" if lineage["isComplete"] else f"NOT all: {lineage['reason']}"
print(f"   {len(lineage['edges'])} relations as of entry {lineage['position']}: {bounds}")

print("3. What a correction of its claim would touch")
IMPACT = """
query Impact($cid: CID!) {
  impact(input: { roots: [{ cid: $cid }] }) { count byType { type count } isComplete reason }
}
"""
claim = next(node["cid"] for node in lineage["nodes"] if node["type"] == "Claim")
impact = ask(IMPACT, cid=claim)["impact"]
print("  ", ", ".join(f"{each['count']} {each['type']}" for each in impact["byType"]))
bounds = "all there is" if impact["isComplete"] else f"NOT all: {impact['reason']}"
print(f"   {impact['count']} in all: {bounds}")

print("4. What was claimed and paid")
TOTALS = """
{
  analytics {
    claims {
      totals(by: [CLAIM_TYPE]) {
        groups { keys { id } claims billed paid }
        isComplete reason
      }
    }
  }
}
"""
totals = ask(TOTALS)["analytics"]["claims"]["totals"]
for group in totals["groups"]:
    keys = " ".join(key["id"] or "-" for key in group["keys"])
    print(f"   {keys}: {group['claims']} claims, {group['billed']} billed, {group['paid']} paid")

print("5. How many records of each type")
# one row at a time: this works the same for millions
types = Counter(row["type"] for row in export("records", latestOnly="true"))
for name, count in types.most_common(5):
    print(f"   {count:6} {name}")

print("6. All claims as a table")
path = os.path.join(directory, "claims-python.csv")
download(path, "claims")
print("  ", path)

print("7. A proof that needs no trust in the node")
for words in verify(payment, os.environ.get("PROVTRAIL_LOG")):
    print("  ", words)
