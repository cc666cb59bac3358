"""What stands on a certificate, in the reader's language. No name but the owner's."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from mingtian.campaigns.queries import CampaignRow
from mingtian.certificates.badges.issuer import certificate_id
from mingtian.certificates.drawing.paper import Face, Sheet, qr_svg
from mingtian.certificates.queries.certificates import CertificateRow
from mingtian.people.rules import Kin, PersonKind

KIND_WORDS: dict[int, Promise] = {
    PersonKind.PUPIL: gettext_lazy("Pupil"),
    PersonKind.PARENT: gettext_lazy("Parent"),
    PersonKind.GRANDPARENT: gettext_lazy("Grandparent"),
    PersonKind.OTHER_GUARDIAN: gettext_lazy("Guardian"),
    PersonKind.TEACHER: gettext_lazy("Teacher"),
    PersonKind.FIVE_OLD: gettext_lazy("Five-old volunteer"),
    PersonKind.RESIDENT: gettext_lazy("Resident"),
}
KIN_WORDS: dict[str, Promise] = {
    Kin.MOTHER: pgettext_lazy("on a certificate", "Mother"),
    Kin.FATHER: pgettext_lazy("on a certificate", "Father"),
    Kin.PATERNAL_GRANDFATHER: gettext_lazy("Paternal grandfather"),
    Kin.PATERNAL_GRANDMOTHER: gettext_lazy("Paternal grandmother"),
    Kin.MATERNAL_GRANDFATHER: gettext_lazy("Maternal grandfather"),
    Kin.MATERNAL_GRANDMOTHER: gettext_lazy("Maternal grandmother"),
    Kin.OTHER_GUARDIAN: gettext_lazy("Guardian"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Owner:
    """Whose certificate it is, and under what name it is to be drawn.

    Without a name the kin stands there; ``by_hand`` leaves a line to write the name on.
    """

    certificate: CertificateRow
    name: str
    kin: str = ""
    by_hand: bool = False


def sheet_of(owners: Sequence[Owner], *, campaign: CampaignRow, evenings: int) -> Sheet:
    """Return the facts of one or several certificates of a campaign."""
    chinese = (translation.get_language() or "").startswith("zh")
    return Sheet(
        title=f"{campaign.title} {_('Certificate of study')}",
        issuer=campaign.issuer,
        campaign_line=campaign.title,
        lang="zh" if chinese else "en",
        region="cn" if chinese else "gb",
        words={
            "heading": _("Certificate of study"),
            "mark": pgettext("two characters in the mark", "明天"),
            "serial": _("Certificate number"),
            "check": _("Check at %(address)s")
            % {"address": f"{urlsplit(settings.PUBLIC_ORIGIN).netloc}/c"},
            "qr": _("QR code that checks this certificate"),
            "card": _("took part in “%(campaign)s” and completed what was to be learnt")
            % {"campaign": _within_quotes(campaign.title)},
        },
        certificates=[_face(each, campaign, evenings) for each in owners],
    )


def kin_in_words(kin: str, kind: int) -> str:
    """Name somebody who is not named: the kin, or the kind of person."""
    return str(KIN_WORDS.get(kin) or KIND_WORDS[kind])


def _face(owner: Owner, campaign: CampaignRow, evenings: int) -> Face:
    serial = owner.certificate.serial
    kind = owner.certificate.kind
    name = "" if owner.by_hand else owner.name or kin_in_words(owner.kin, kind)
    return Face(
        name=name,
        kind=str(KIND_WORDS[kind]) if owner.name else "",
        body=_body(campaign, evenings),
        date=_day(owner.certificate.issued_on),
        serial=owner.certificate.grouped,
        qr=qr_svg(certificate_id(serial)),
    )


def _body(campaign: CampaignRow, evenings: int) -> str:
    held = ngettext("%(number)s evening", "%(number)s evenings", evenings) % {"number": evenings}
    return _(
        "took part in “%(campaign)s”, %(held)s from %(first)s to %(last)s, and completed what "
        "was to be learnt. This certificate is given in recognition."
    ) % {
        "campaign": _within_quotes(campaign.title),
        "held": held,
        "first": _day(campaign.first_on),
        "last": _day(campaign.last_on),
    }


def _within_quotes(title: str) -> str:
    """Return a title as it stands inside quotation marks: its own become the inner ones."""
    return title.replace("“", "‘").replace("”", "’")


def _day(day: object) -> str:
    return date_format(day, pgettext("date format of Django, whole", "j F Y"))  # type: ignore[arg-type]
