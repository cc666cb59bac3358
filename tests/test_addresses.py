"""Every address either asks for a sign-in or stands on a short public list."""

import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

PUBLIC = {
    "sign-in": "the sign-in itself",
    "account_login": "the same, by the name that allauth leads to",
    "staff:join": "an invitation, by its secret link; says nothing before the word told by telephone",
    "sign-out": "ends a session; shows nothing",
    "web:language": "switches the language; keeps a cookie, shows nothing",
    "people:notice": "what is recorded and which rights there are, read before agreeing (PIPL 17)",
    "people:notice-version": "the version that a family agreed to stays readable",
    "campaigns:check": "anybody may check whether a learning code is genuine (COD-1)",
    "campaigns:check-code": "the answer for one code; names the issuing body, nobody else",
    "certificates:check": "anybody may check a certificate; says nothing of the person (CER-3)",
    "certificates:check-typed": "the empty form of that check",
    "certificates:issuer": "the issuing body and its keys, for verifiers of credentials",
    "certificates:issuer-key": "a public key",
    "certificates:issuer-key-jwk": "the same key in another form",
    "certificates:achievement": "what a certificate attests, without anybody's name",
    "certificates:revocations": "numbers of revoked certificates, without anybody's name",
    "web:type": "switches the type size; keeps a cookie, shows nothing",
    "family:my": "shows nothing until the phone has shown a seat; then its own home",
    "family:open": "checks the seats that a phone shows; opens nothing else",
    "family:leave": "closes the family's page; shows nothing",
    "family:done": "tells the phone to put its own seats right; shows a receipt by its code",
    "family:renew": "answers for the seat that the phone shows",
    "family:find-receipt": "leads from a code to its receipt",
    "family:receipt": "counts of a leave-taking, nothing personal; by its code only",
    "family:campaign-calendar": "days and titles of lectures, nothing personal",
}
"""Addresses that anyone may open, and why. Ingest's own are listed in docs/mechanisms/ingest.md."""

# Staff sign in; a family's phone shows its seat on the family's first page.
SIGN_INS = (settings.LOGIN_URL, "/my")
SAMPLES = [
    "1",
    "abcdefgh1234",
    "k7m2q9xd",
    "2023-09-18",
    "a",
    "7d3e5a0c-8a53-4d6f-9f5e-2b1f4c9d8e7a",
]
"""One of these fits each kind of part an address may have."""


def patterns(
    resolver: URLResolver, prefix: str = ""
) -> Iterator[tuple[str, URLPattern, dict[str, str]]]:
    """Yield each address by its full name, with a sample for each variable part."""
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from patterns(one, f"{prefix}{one.namespace}:" if one.namespace else prefix)
        else:
            assert one.name, f"The address {one.pattern} needs a name."
            parts = one.pattern.converters.items()
            yield f"{prefix}{one.name}", one, {key: sample_for(part.regex) for key, part in parts}


def sample_for(regex: str) -> str:
    fitting = [sample for sample in SAMPLES if re.fullmatch(regex, sample)]
    assert fitting, f"Add a sample that fits {regex} to SAMPLES."
    return fitting[0]


ADDRESSES = {name: kwargs for name, _pattern, kwargs in patterns(get_resolver())}


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(ADDRESSES.keys() - PUBLIC.keys()))
def test_a_stranger_is_sent_to_the_sign_in_or_finds_nothing(name: str, client: Client) -> None:
    """A page that forgets to ask who is there shows a class to the world."""
    address = reverse(name, kwargs=ADDRESSES[name])

    replies = [client.get(address), client.post(address)]

    met = [reply for reply in replies if reply.status_code != 405]
    assert met, f"{address} answers neither GET nor POST."
    for reply in met:
        sent_away = reply.status_code == 302 and reply["Location"].startswith(SIGN_INS)
        # A family whose page has closed meanwhile is told so, and nothing is done.
        told = reply.status_code == 409 and b'data-code="family_closed"' in reply.content
        assert sent_away or told or reply.status_code == 404, (
            f"{address} answered {reply.status_code} to a stranger. Ask for a sign-in (or, if "
            "everyone may see it, add it to PUBLIC with the reason)."
        )


def test_the_public_list_names_addresses_that_exist() -> None:
    """A stale entry would open the next page of that name."""
    assert PUBLIC.keys() - ADDRESSES.keys() == set()
