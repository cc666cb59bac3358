"""What readers are told when gifts refuse: what is wrong and what to do."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    "gifts_stock_empty": _(
        "There is not enough of %(item)s in this place (left: %(left)s). Lower the number, or"
        " record what has come in first."
    ),
    "gifts_partner_unlicensed": _(
        "This partner may not raise funds in public: its licence is missing or has run out. Enter the"
        " valid licence, or choose another partner (Charity Law 22, 26)."
    ),
    "gifts_tells_too_much": _(
        "This text could tell who the child is. Leave out names, numbers, places, school, class, age,"
        " family, illness and hardship; say only what the thing should be like."
    ),
    "gifts_note_too_long": _("This is too long. Say it in at most %(most)s characters."),
    "gifts_size_impossible": _("This is no size. Enter it as on the label, for example 140 or XL."),
    "gifts_quota": _(
        "Nobody may be told how much to give: the law forbids quotas (Charity Law 32). Leave amounts,"
        " targets and rankings out; say what the gifts are for and how to give."
    ),
    "gifts_handed_over_already": _(
        "Somebody else has noted this hand-over already. Nothing was changed."
    ),
    "gifts_taken_off": _(
        "This hand-over was taken off the list. Ask whoever planned it to put the child on again."
    ),
    "gifts_not_who_goes": _(
        "Only whoever helps this child or works for it hands things over. Ask that person."
    ),
    "gifts_signer_missing": _(
        "Enter who signed for the things, or choose that a second person confirms."
    ),
    "gifts_own_hand_over": _(
        "You handed this over yourself. A second person who was there confirms it."
    ),
    "gifts_not_handed_over": _("Nothing was handed over yet. Note the hand-over first."),
    "gifts_own_undoing": _(
        "You handed this over yourself. Ask another person of the office to undo it."
    ),
    "gifts_undone_already": _("Somebody has undone this hand-over already. Nothing was changed."),
    "gifts_child_unknown": _(
        "There is no child with this number within your reach. Look at the number again."
    ),
    "gifts_on_list_already": _(
        "This child is on the list already. To change what it gets, take it off first."
    ),
    "gifts_own_need": _(
        "You wrote this need yourself. Another person looks at it and releases it."
    ),
    "gifts_need_stands": _(
        "This child has such a need on the list with other words. Withdraw that one first."
    ),
    "gifts_nothing_said": _("Choose at least one item and say how many."),
    "gifts_item_twice": _("The same item stands here twice. Put the numbers together."),
    "gifts_item_unknown": _(
        "This item is not on your county's list. Add it first, then choose it."
    ),
    "gifts_item_otherwise": _(
        "An item of this name is counted in another unit. Choose that unit or another name."
    ),
    "gifts_quantity_impossible": _("Enter a whole number, at most %(most)s."),
    "gifts_day_in_future": _("This day is still to come. Enter the day on which it happened."),
    "gifts_days_turned": _("The last day lies before the first. Correct one of them."),
    "gifts_name_missing": _("Enter a name."),
    "gifts_receipt_missing": _(
        "Enter who received the money, the amount, and number and day of the receipt. The product takes no"
        " money; it records what a charity or bank account has received."
    ),
    "gifts_reason_missing": _("Choose why it is lost."),
    "gifts_other_place_missing": _("Choose another place to which the things go."),
    "gifts_sent_already": _(
        "This page was sent before with other words. Look at the list; to record something else, load"
        " the page anew."
    ),
    "gifts_count_overtaken": _(
        "Something came in or went out while you were counting. Count again and enter the new number."
    ),
}
