"""The canonical form of a document, and the proof over it (W3C ``eddsa-rdfc-2022``).

PyLD calls RDFC-1.0 by its earlier name URDNA2015; for such documents both give the same lines,
which the published test vector proves. Contexts come from a locked package, are used only with
the hashes that stand here, and are never fetched.
"""

import hashlib
import json
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from pyld import jsonld

from mingtian.certificates.badges.keys import BadgeKey, base58

PACKAGE = "openbadgeslib"
CONTEXTS = {
    "https://www.w3.org/ns/credentials/v2": (
        "credentials-v2.json",
        "59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734",
    ),
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json": (
        "ob-v3p0-context-3.0.3.json",
        "3d34f4d4ef1bce691106e63798beb5e7b862ba841423f5ee1e53ab7ddf3bca84",
    ),
    "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json": (
        "ob-v3p0-extensions.json",
        "87c06c81bc2317663bf288d740d94fddd2818c4342b186270ff6371dfaa63f93",
    ),
}
"""File and SHA-256 by address. The hash of the first stands in the recommendation of the W3C."""

SUITE = "eddsa-rdfc-2022"

Document = dict[str, Any]


class UnknownContext(ValueError):
    """A document names a context that is not frozen here; nothing is fetched."""


class ContextChanged(RuntimeError):
    """The package holds another document than the one that signatures cover."""


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
    return {
        "contextUrl": None,
        "documentUrl": url,
        "contentType": "application/ld+json",
        "document": context(url),
    }


@cache
def context(url: str) -> Document:
    """Return the frozen document of an address, :class:`UnknownContext` for any other."""
    if url not in CONTEXTS:
        raise UnknownContext(url)
    name, expected = CONTEXTS[url]
    raw = (_folder() / name).read_bytes()
    if hashlib.sha256(raw).hexdigest() != expected:
        raise ContextChanged(name)
    found: Document = json.loads(raw)
    return found


def _folder() -> Path:
    # Found and not imported: three files are wanted, not a library.
    found = find_spec(PACKAGE)
    assert found is not None, "a locked package"
    assert found.submodule_search_locations, "a package has a folder"
    return Path(found.submodule_search_locations[0]) / "ob3" / "contexts"
