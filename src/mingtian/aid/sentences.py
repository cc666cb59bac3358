"""What people read when aid is refused: what is wrong and what to do."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    "aid_granted_already": _(
        "A child has this grant for this term already. Take the line out, or reverse the other grant first."
    ),
    "aid_wrong_rate": _(
        "The amount is %(given)s, the rate gives %(due)s. Correct the amount, the level or the boarding."
    ),
    "aid_fund_empty": _(
        "The fund has not enough: %(shown)s are left. Approve fewer lists, or enter money that has come."
    ),
    "aid_reversed_already": _("This money is back in the fund already. Nothing was changed."),
    "aid_own_entry": _("You had a part in this grant before. Somebody else has to take this step."),
    "aid_above_limit": _(
        "The list sums up to %(total)s; the office decides up to %(limit)s. Ask the director to decide."
    ),
    "aid_not_approver": _(
        "This list is paid from a fund of another office. Ask that office to decide."
    ),
    "aid_term_closed": _(
        "Lists of this term were entered until %(until)s. Ask the county office how to pay what is late."
    ),
    "aid_term_not_yet": _(
        "This term is too far ahead. Enter the list once the term before it runs."
    ),
    "aid_term_unknown": _("There is no such term. Choose one from the list."),
    "aid_no_rate": _(
        "The scheme has no rate for such a child in this term. Check level and boarding, or ask for the rate."
    ),
    "aid_rate_changed": _(
        "A rate in these lists no longer holds. Send the list back, so that it is entered at the new rate."
    ),
    "aid_rate_impossible": _(
        "This rate cannot be kept. Enter whole fen above zero; a year's rate must divide by two."
    ),
    "aid_rate_days": _("The rate would end before it begins. Correct the days."),
    "aid_rate_overlaps": _(
        "Another rate of this kind holds on the same days. Begin the new one after it."
    ),
    "aid_days_impossible": _(
        "The number of days cannot be. Enter 1 to %(most)s days, and only for a daily rate."
    ),
    "aid_list_size": _(
        "No child stands under the heading, or more than %(most)s. Give each child a line; divide a longer list."
    ),
    "aid_list_empty": _("This list has no line any more. Load the page again."),
    "aid_too_many_lists": _("At most %(most)s lists are decided in one step. Choose fewer."),
    "aid_consent_withdrawn": _(
        "A family has taken its consent to aid back. Take the child out of the list, or ask the family."
    ),
    "aid_no_list_chosen": _("No list is chosen. Tick those that you approve."),
    "aid_approved_already": _(
        "This list is approved already. To correct a grant, pay it and enter it as returned."
    ),
    "aid_nothing_to_pay": _("No approved grant waits to be paid. Approve a list first."),
    "aid_paid_already": _("This batch is paid. To correct a grant, enter it as returned."),
    "aid_batch_dissolved": _("This batch was taken apart. Make a new one of the grants that wait."),
    "aid_file_not_needed": _("This batch is paid or taken apart. The bank needs no file for it."),
    "aid_password_wrong": _("The password is not right. Type it again."),
    "aid_not_paid": _("This grant was never paid, so no money can come back."),
    "aid_child_moved": _(
        "A child of this batch has moved out of your reach. Put its grant on hold; then the rest can be paid."
    ),
    "aid_still_away": _(
        "This child is still out of your reach. Let the money go back to the fund, or wait until it is back."
    ),
    "aid_not_on_hold": _("This grant is not on hold. Load the page again."),
    "aid_limit_impossible": _("This limit cannot be. Enter yuan, zero or more."),
    "aid_limit_incomplete": _(
        "A limit needs an amount and the day from which it holds. Fill in both."
    ),
    "aid_limit_backwards": _("What was decided stays decided. Enter a day from %(first)s on."),
    "aid_reason_missing": _("Choose a reason from the list."),
    "aid_day_missing": _("Enter the day on which the money came, and who confirmed it."),
    "aid_received_in_future": _(
        "This day is still to come. Enter the day on which the money came."
    ),
    "aid_received_too_early": _(
        "The grant was paid after this day. Enter the day on which it came."
    ),
    "aid_payment_under_way": _(
        "A payment to this child is under way. Pay the batch or take it apart first, then erase."
    ),
    "aid_name_taken": _("There is one of this name already. Choose another name."),
    "aid_fund_impossible": _("A fund needs a name and a limit of zero or more. Fill in both."),
    "aid_scheme_impossible": _("A scheme needs a name. Fill it in."),
    "aid_amount_impossible": _("This amount cannot be. Enter yuan above zero."),
    "aid_receipt_taken": _(
        "Receipt %(receipt)s was entered before with another amount. Check the number and the amount."
    ),
    "aid_receipt_impossible": _(
        "The receipt's number may have letters and digits only. Leave out everything else."
    ),
    "aid_total_impossible": _(
        "Enter a count from 1 to %(most)s and a total above zero, as they stand in the report."
    ),
    "aid_headings_missing": _(
        "No heading row was found. The list needs name, year of birth, level, boarding, payee and account."
    ),
    "aid_no_row": _("No row can be taken over. Mend the rows in the file and bring it in again."),
    "aid_row_citizen_number": _("A citizen number stands here. Delete it; the list does without."),
    "aid_row_year": _("The year of birth is missing or unclear. Enter four digits, as 2014."),
    "aid_row_payee": _(
        "Payee is missing, or payee or bank is too long. Enter at most 60 characters."
    ),
    "aid_row_account": _(
        "The account is missing or has wrong characters. Enter its 8 to 32 digits."
    ),
    "aid_row_account_rounded": _(
        "The sheet took the account for a number and lost its last digits. Set the column to text and"
        " type the account again."
    ),
    "aid_row_level": _("The level is not known. Enter primary, junior, senior, or the grade."),
    "aid_row_boarding": _("Say yes or no under boarding."),
    "aid_row_amount": _("The amount is not a number of yuan. Enter it as 625 or 312.50."),
    "aid_row_twice": _("This child stands in the file twice. Keep one of the rows."),
    "aid_row_ambiguous": _(
        "Two children of this name and year are on the register. Ask the county office to tell them apart."
    ),
    "aid_row_registered_elsewhere": _(
        "A child like this is registered elsewhere or under another spelling. Check the name, or ask the"
        " county office whether the child has moved."
    ),
    "aid_not_published": _(
        "Lists of this scheme are not shown publicly, because they would tell of a child's hardship."
    ),
    "aid_not_approved_yet": _("A notice shows approved lists only. Wait for the approval."),
    "aid_notice_over": _("The term is over, so the notice has come down."),
}
