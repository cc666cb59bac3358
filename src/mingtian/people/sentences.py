"""What readers are told about refused rosters, rows and changes: what is wrong, what to do."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FILES: dict[str, str | Promise] = {
    "file_too_large": _(
        "The file is too large. Send at most %(most)s MB, or one school at a time."
    ),
    "file_too_long": _(
        "The sheet has more than %(most)s rows. Send one county or school at a time."
    ),
    "file_empty": _("The file holds nothing. Choose the file with the roster."),
    "file_encrypted": _(
        "The workbook is locked with a password. Save a copy without a password and send that."
    ),
    "file_old_workbook": _(
        "This is a workbook of the old form (XLS). Save it as XLSX and send that."
    ),
    "file_damaged": _(
        "The file is damaged and cannot be read. Open it, save it again as XLSX and send that."
    ),
    "file_no_table": _("This file is no table. Send a workbook (XLSX) or a CSV file."),
    "file_encoding": _(
        "The characters of this file cannot be read. Save it as XLSX, or as CSV in UTF-8."
    ),
    "file_without_rows": _("There are only headings in the file. Add a row for each person."),
    "heading_missing": _(
        "No heading row was found. Write Number and Name above the columns; "
        "if there are headings, save the file as XLSX."
    ),
    "heading_twice": _(
        "Columns %(first)s and %(second)s have headings that mean the same. Rename one of them."
    ),
    "batch_gone": _(
        "This upload is no longer there: it was taken over, dropped, or has expired. "
        "Send the file again."
    ),
}
ROWS: dict[str, str | Promise] = {
    "number_missing": _("The number is missing. Write the pupil's number or seat number."),
    "number_too_long": _("The number is too long. Use the pupil's number or seat number."),
    "number_unprintable": _("The number holds characters that cannot be shown. Type it again."),
    "number_is_telephone": _(
        "This is a telephone number. Use the pupil's number or seat number; telephone numbers "
        "are not kept."
    ),
    "number_is_citizen": _(
        "This holds a citizen number. Use the pupil's number in the class or the seat number; "
        "citizen numbers are not kept."
    ),
    "pupil_name_missing": _("The name is missing. Write the name."),
    "pupil_name_too_long": _("The name is too long. Write the name alone."),
    "pupil_name_unprintable": _("The name holds characters that cannot be shown. Type it again."),
    "name_holds_telephone": _(
        "A telephone number stands in the name. Write the name alone; telephone numbers are "
        "not kept."
    ),
    "name_holds_citizen": _(
        "A citizen number stands in the name. Write the name alone; citizen numbers are not kept."
    ),
    "name_holds_number": _("A long number stands in the name. Write the name alone."),
    "kind_unknown": _(
        "%(kind)s is no kind of person here. Write pupil, teacher or five-old, or nothing."
    ),
    "row_twice": _("The same as row %(other)s. Delete one of the two."),
    "number_contested": _(
        "Row %(other)s has the same number in the class and another name. "
        "Find out which is right and delete the other."
    ),
    "school_missing": _("The school is missing. Write its name, or import from within the school."),
    "school_unknown": _(
        "There is no school named %(school)s below your unit. Compare the name with the list of units."
    ),
    "school_ambiguous": _(
        "Several units are named %(school)s. Import from within the county or township."
    ),
    "class_missing": _("The class is missing. Write its name."),
    "class_unknown": _(
        "The school has no class %(class_name)s. Compare the name with the list of units, "
        "or choose to found missing classes."
    ),
    "class_ambiguous": _("The school has several classes %(class_name)s. Write the grade as well."),
    "group_unknown": _(
        "No staff group %(group)s was found. Write the name of the group in the class column."
    ),
    "group_ambiguous": _(
        "Several staff groups fit %(group)s. Write the name of the group in the class column."
    ),
}
CHANGES: dict[str, str | Promise] = {
    "households_differ": _(
        "These children belong to different households. Enter them one after the other."
    ),
    "child_of_another_household": _(
        "This child does not belong to the household. Choose a child of the household."
    ),
    "transfer_to_other_kind": _(
        "Pupils go to a class, staff to a staff group. Choose a unit of the right kind."
    ),
    "person_has_left": _("This person has left. Enter the person on the new roster instead."),
    "number_taken": _("The number is taken in the new class. Give another number."),
}
LEAVING: dict[str, str | Promise] = {
    "home_is_gone": _("This home has been removed already. There is nothing more to do."),
    "leaving_is_busy": _("Very much is being recorded just now. Please try again in a minute."),
}
KIN: dict[str, str | Promise] = {
    "kin_only_of_relatives": _(
        "Only relatives have a kin to correct. Ask the class teacher about the roster."
    ),
    "kin_of_other_kind": _(
        "Evenings are counted by kind. Take this person off the home and enter the right one."
    ),
    "kin_taken": _("This relative stands on the home already. Take the wrong one off instead."),
}
STANDINGS: dict[str, str | Promise] = {
    "standing_not_pupil": _(
        "This is noted for pupils on the roster of the class. Choose a pupil of the class."
    ),
    "standing_other_day": _(
        "This can hold from today or yesterday on. Open the page of an evening that is still open."
    ),
    "exemption_needs_reason": _("Choose one of the reasons. No proof is needed."),
    "review_day_wrong": _(
        "Choose a day within the next year on which the class looks at this again."
    ),
    "unwilling_needs_no_reason": _(
        "Whoever does not wish to take part owes no reason. Leave reason and day empty."
    ),
}
SENTENCES = FILES | ROWS | CHANGES | LEAVING | KIN | STANDINGS
