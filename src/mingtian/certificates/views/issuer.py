"""Documents for verifiers, at addresses that must answer for years. Public, cached, no names."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from mingtian.campaigns.queries import CampaignRow, find_campaign
from mingtian.campaigns.rules import CampaignState
from mingtian.certificates.badges import issuer
from mingtian.certificates.badges.keys import BadgeKey, badge_keys
from mingtian.certificates.queries.certificates import list_revoked

FRESH_SECONDS = 300
LINKED_DATA = "application/ld+json"
MULTIKEY_CONTEXT = "https://w3id.org/security/multikey/v1"


@require_safe
def profile(_request: HttpRequest, campaign: str) -> HttpResponse:
    return _document(issuer.profile(_campaign(campaign)))


@require_safe
def key(_request: HttpRequest, campaign: str, number: int) -> HttpResponse:
    """Give a key as Multikey, the form that ``eddsa-rdfc-2022`` names."""
    found = issuer.multikey(_campaign(campaign), _key(number))
    return _document({"@context": MULTIKEY_CONTEXT, **found})


@require_safe
def key_jwk(_request: HttpRequest, campaign: str, number: int) -> HttpResponse:
    return _document(issuer.jwk(_campaign(campaign), _key(number)), "application/jwk+json")


@require_safe
def achievement(_request: HttpRequest, campaign: str, kind: str) -> HttpResponse:
    row = _campaign(campaign)
    if kind not in issuer.KIND_WORDS or issuer.KIND_WORDS[kind] not in row.kinds:
        raise Http404
    found = issuer.achievement(row, issuer.KIND_WORDS[kind])
    return _document({"@context": [issuer.VC, issuer.OPEN_BADGES], **found})


@require_safe
def revocations(_request: HttpRequest, campaign: str) -> HttpResponse:
    row = _campaign(campaign)
    return _document(issuer.revocation_list(row, list_revoked(row.id)), "application/json")


def _campaign(public_id: str) -> CampaignRow:
    found = find_campaign(public_id)
    if found is None or found.state is CampaignState.DRAFT:
        raise Http404
    return found


def _key(number: int) -> BadgeKey:
    found = badge_keys().get(number)
    if found is None:
        raise Http404
    return found


def _document(content: dict[str, Any], content_type: str = LINKED_DATA) -> HttpResponse:
    response = JsonResponse(
        content, content_type=content_type, json_dumps_params={"ensure_ascii": False}
    )
    # Verifiers run in browsers of other sites; there is nothing here that is not public.
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cache-Control"] = f"public, max-age={FRESH_SECONDS}"
    return response
