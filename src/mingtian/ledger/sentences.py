"""What readers are told when the books refuse an entry: what is wrong and what to do."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    "ledger_unbalanced": _(
        "What goes out and what comes in are not equal. Compare the amounts of this entry."
    ),
    "ledger_measure_mixed": _(
        "Money and things, or things of different units, cannot make up for each other. "
        "Enter each by itself."
    ),
    "ledger_too_few_lines": _(
        "An entry needs an account it comes from and one it goes to. Add the missing one."
    ),
    "ledger_amount_impossible": _(
        "This amount cannot be entered. Use whole fen or whole things, more than zero."
    ),
    "ledger_word_impossible": _(
        "This code cannot be entered. Use small letters, digits and underscores."
    ),
    "ledger_too_many": _("This is too much for one step. Enter at most %(most)s at once."),
    "ledger_books_mixed": _(
        "These accounts belong to different books. Make one entry in each book."
    ),
    "ledger_account_unknown": _("This account does not exist. Load the page again and choose one."),
    "ledger_account_closed": _("This account is closed. Choose one that is open."),
    "ledger_account_not_empty": _(
        "Something is still in this account. Move it to another one, then close the account."
    ),
    "ledger_fund_empty": _(
        "There is not enough: %(shown)s are left. Lower the amount, or enter what has come in first."
    ),
    "ledger_posted_otherwise": _(
        "This was entered before with other amounts. Look at that entry; to correct it, reverse it."
    ),
    "ledger_entry_unknown": _("This entry does not exist. Load the page again and choose one."),
    "ledger_reversed_already": _("This entry is reversed already. Nothing was changed."),
    "ledger_is_a_reversal": _(
        "A reversal cannot be reversed. Enter anew what should stand in the books."
    ),
}
