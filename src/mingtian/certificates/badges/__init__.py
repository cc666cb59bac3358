"""Certificates as signed credentials: Open Badges 3.0 under ``eddsa-rdfc-2022``.

keys        numbered Ed25519 keys, as Multikey and JWK
canonical   the RDF canonical form, its hashes, and the proof over them
credential  the credential of one certificate, signed from a template
issuer      the documents that verifiers fetch: profile, keys, achievement, revocation list
"""
