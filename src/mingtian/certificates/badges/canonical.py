"""The canonical form of a document, and the proof over it (W3C ``eddsa-rdfc-2022``).

PyLD calls RDFC-1.0 by its earlier name URDNA2015; for such documents both give the same lines,
which the published test vector proves. Contexts come from this folder and nowhere else.
"""

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

from pyld import jsonld

from mingtian.certificates.badges.keys import BadgeKey, base58

CONTEXTS = {
    "https://www.w3.org/ns/credentials/v2": "credentials-v2.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json": "open-badges-3.0.3.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json": "open-badges-extensions.json",
}
FOLDER = Path(__file__).parent / "contexts"
SUITE = "eddsa-rdfc-2022"

Document = dict[str, Any]


class UnknownContext(ValueError):
    """A document names a context that is not frozen here; nothing is fetched."""


def canonical(document: Document) -> str:
    """Return the document as canonical N-Quads, one a line, sorted."""
    options = {"algorithm": "URDNA2015", "format": "application/n-quads"}
    made = jsonld.normalize(document, {**options, "documentLoader": _load})
    assert isinstance(made, str), "n-quads are text"
    return made


def digest(lines: str) -> bytes:
    return hashlib.sha256(lines.encode()).digest()


def proof_options(document: Document, *, method: str, created: str) -> Document:
    """Return the proof before it is signed, in the document's own context."""
    return {
        "@context": document["@context"],
        "type": "DataIntegrityProof",
        "cryptosuite": SUITE,
        "created": created,
        "verificationMethod": method,
        "proofPurpose": "assertionMethod",
    }


def signed(document: Document, options: Document, key: BadgeKey) -> Document:
    """Return the document with its proof, canonicalised in full: about 4 ms."""
    hashes = digest(canonical(options)) + digest(canonical(document))
    return with_proof(document, options, key.sign(hashes))


def with_proof(document: Document, options: Document, signature: bytes) -> Document:
    """Return the document with the finished proof in it."""
    proof = {name: value for name, value in options.items() if name != "@context"}
    return {**document, "proof": {**proof, "proofValue": base58(signature)}}


def _load(url: str, _options: object) -> Document:
    if url not in CONTEXTS:
        raise UnknownContext(url)
    return {
        "contextUrl": None,
        "documentUrl": url,
        "contentType": "application/ld+json",
        "document": _context(CONTEXTS[url]),
    }


@cache
def _context(name: str) -> Document:
    found: Document = json.loads((FOLDER / name).read_text(encoding="utf-8"))
    return found
