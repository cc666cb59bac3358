"""From an uploaded file to a checked plan, and from the plan to rows.

    reading    bytes            -> rows of text, or a refusal that says what is wrong
    headings   rows             -> which column holds what
    matching   names of units   -> the class or staff group that is meant
    plan       rows + database  -> what is new, changed, absent, refused and why
    writing    plan             -> rows, in batches
    rejected   refused rows     -> a workbook to mend and upload again

Everything before ``writing`` only reads, so a preview is the same work as a commit.
"""
