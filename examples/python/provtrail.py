"""A small client of a Provtrail node: questions, exports, and proofs that do not trust the node.

Needs httpx; checks signatures as well where the package "cryptography" is installed.
"""

import base64
import hashlib
import json
import os
from datetime import datetime

import httpx

try:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
except ImportError:  # Python itself has no Ed25519
    Ed25519PublicKey = None

URL = os.environ.get("PROVTRAIL_URL", "http://127.0.0.1:4000")
TOKEN = os.environ.get("PROVTRAIL_TOKEN", "")

client = httpx.Client(
    base_url=URL, headers={"authorization": f"Bearer {TOKEN}"}, timeout=60
)


def ask(query, **variables):
    """The data of a GraphQL answer."""
    answer = client.post("/graphql", json={"query": query, "variables": variables}).json()
    if answer.get("errors"):
        raise RuntimeError(answer["errors"][0]["message"])
    if "data" not in answer:
        raise RuntimeError(answer.get("message", "this is not a node"))
    return answer["data"]


def export(what, **parameters):
    """The rows of an export, one by one as they come. Fails unless all of them came."""
    end = None
    with stream(what, "jsonl", parameters) as answer:
        check(answer)
        for line in answer.iter_lines():
            row = json.loads(line)
            if "export" in row:
                end = row["export"]
            else:
                yield row
    if end is None or end["cursor"] is not None:
        raise RuntimeError("the export was cut; go on with after=<cursor> of its last line")


def download(path, what, form="csv", **parameters):
    """An export as a file. A transfer that breaks off raises httpx.RemoteProtocolError."""
    with stream(what, form, parameters) as answer, open(path, "xb") as file:
        check(answer)
        for chunk in answer.iter_bytes():
            file.write(chunk)


def stream(what, form, parameters):
    return client.stream("GET", "/export", params={"what": what, "format": form, **parameters})


def check(answer):
    if answer.is_error:
        answer.read()
        raise RuntimeError(answer.json()["message"])


PROOF = """
query Proof($cid: CID!) {
  provenance(cid: $cid) {
    entry { ...Bytes }
    inclusionProof { hashes checkpoint }
  }
  log { cid origin entry(seq: 0) { ...Bytes } }
}
fragment Bytes on Entry { seq prev at statement { payload protected signature } }
"""


def verify(cid, log_id=None):
    """Checks that a record stands in the log, from hashes and the log's own key.

    The log's id is the CID of its first entry. Whoever knows it from elsewhere passes it and need not
    believe the node; otherwise it is taken from the node, and what follows is proven for that log.
    Returns what was checked, as words.
    """
    answer = ask(PROOF, cid=cid)
    log, proof = answer["log"], answer["provenance"]["inclusionProof"]
    entry, first = entry_bytes(answer["provenance"]["entry"]), entry_bytes(log["entry"])
    checked = []

    statement = payload_of(answer["provenance"]["entry"])
    must(statement["record"] == cid, "the entry names another record")
    checked.append("the entry names the record's CID")

    text, _, signatures = proof["checkpoint"].rpartition("\n\n")
    origin, size, root = text.split("\n")[:3]
    seq = answer["provenance"]["entry"]["seq"]
    path = [base64.b64decode(each) for each in proof["hashes"]]
    found = root_of(hashlib.sha256(b"\0" + entry).digest(), seq, int(size), path)
    must(found == base64.b64decode(root), "the proof leads to another root")
    checked.append(f"its hash leads to the root of the checkpoint over {size} entries")

    must(cid_of(first) == (log_id or log["cid"]), "this is another log")
    checked.append("the log's first entry has the hash that is the log's id")

    key = payload_of(log["entry"])["logKey"]["x"]
    if Ed25519PublicKey is None:
        checked.append('NOT checked: the signature of the checkpoint (pip install "cryptography")')
        return checked
    line = next(line for line in signatures.split("\n") if line.startswith(f"\u2014 {origin} "))
    signature = base64.b64decode(line.split(" ")[2])[4:]  # behind a hint which key it is
    public = Ed25519PublicKey.from_public_bytes(unpadded(key))
    public.verify(signature, (text + "\n").encode())  # raises InvalidSignature
    checked.append("the checkpoint is signed by the key in that first entry")
    return checked


def entry_bytes(entry):
    """An entry of the log has one spelling only: members sorted, no spaces, times in milliseconds."""
    at = datetime.fromisoformat(entry["at"].replace("Z", "+00:00"))
    members = {
        "at": round(at.timestamp() * 1000),
        "prev": entry["prev"] or "",
        "seq": entry["seq"],
        "statement": entry["statement"],
        "v": 1,
    }
    return json.dumps(members, separators=(",", ":"), sort_keys=True).encode()


def payload_of(entry):
    return json.loads(unpadded(entry["statement"]["payload"]))


def root_of(node, seq, size, path):
    """The root that an audit path leads to (RFC 9162 section 2.1.3.2)."""
    last = size - 1
    for sibling in path:
        if seq % 2 == 1 or seq == last:
            node = hashlib.sha256(b"\1" + sibling + node).digest()
            while seq % 2 == 0 and seq > 0:
                seq, last = seq // 2, last // 2
        else:
            node = hashlib.sha256(b"\1" + node + sibling).digest()
        seq, last = seq // 2, last // 2
    must(last == 0, "the proof has another length")
    return node


def cid_of(data):
    """CIDv1 of JSON bytes: version, codec and kind of hash, then the SHA-256, in base32."""
    multihash = b"\x01\x80\x04\x12\x20" + hashlib.sha256(data).digest()
    return "b" + base64.b32encode(multihash).decode().lower().rstrip("=")


def unpadded(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def must(holds, fault):
    if not holds:
        raise RuntimeError(fault)
