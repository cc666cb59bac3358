"""The stops of the committee's day: desks, days, documents, meetings, groups, help, papers, staff."""

from tests.journeys.tour.stop import Address, Part, Stop


def _day(lecture: str, word: str, page: str = "") -> Address:
    return lambda town: f"/desk/days/{getattr(town, lecture)}/{town.unit(word)}{page}"


def _readiness(word: str, page: str = "") -> Address:
    return lambda town: f"/desk/readiness/{town.campaign}/{town.unit(word)}{page}"


def _of(module: str, word: str, page: str = "") -> Address:
    return lambda town: f"/desk/{module}/{town.unit(word)}{page}"


def _group(word: str, audience: str, page: str = "") -> Address:
    return lambda town: f"/desk/groups/group/{town.group(word, audience)}{page}"


def _prompts(word: str) -> Address:
    return lambda town: f"/desk/prompts/{town.tonight.lecture_id}/{town.unit(word)}"


DESKS = Part("The committee's day: desks and days", (
    Stop("desk", "city", "/desk", "The desk of the city",
         "Three people run the eight days from here; each line leads to the very place where the "
         "thing is done."),
    Stop("desk-county", "county", "/desk", "The desk of a county",
         "The same for its schools and townships: first what waits, then tonight, then the days."),
    Stop("desk-education", "education", "/desk", "The desk of the education bureau",
         "It guides the schools along its own line and sees no township."),
    Stop("desk-school", "principal", "/desk", "The desk of a school",
         "What is to be done today comes first, then tonight, then the days. A principal works on "
         "a phone."),
    Stop("desk-class", "teacher", "/desk", "The desk of a class teacher",
         "One class, one evening, a few taps."),
    Stop("search", "city", "/desk/search?q=尚家", "Search",
         "Units, codes and documents within the own reach, and nothing beyond it."),
    Stop("prompts-school", "principal", _prompts("school"), "Half an hour before",
         "The word goes from link to link: the school passes it to class teachers, they alone "
         "speak to families."),
    Stop("prompts-class", "teacher", _prompts("class"), "The class's reminder",
         "A ready text, to be taken into the class's group. Nothing goes to families after nine."),
    Stop("day-school", "principal", _day("last", "school"), "A school's figures of a day",
         "The school looks at its classes, corrects what is wrong with a reason, and confirms with "
         "one tap."),
    Stop("correct", "principal", _day("last", "class", "/correct"), "A correction",
         "The old number stays beside the new one, with the reason."),
    Stop("day-class", "teacher", _day("last", "class"), "A class's figures of a day",
         "The class teacher sees what the school confirms."),
    Stop("day", "city", _day("last", "city"), "The city's figures of a day",
         "Who has confirmed, who was late, who is silent; then the day is frozen and chained to "
         "the one before."),
    Stop("day-frozen", "city", _day("frozen", "city"), "A frozen day",
         "Nothing about it changes any more; anybody can recount it."),
))  # fmt: skip

PAPERS = Part("The committee's day: documents, meetings, readiness", (
    Stop("inbox", "county", "/desk/documents/", "What came in",
         "Opening a document is its receipt."),
    Stop("documents", "city", "/desk/documents/register", "Documents",
         "Numbered documents of a unit, found by number or title."),
    Stop("document", "city", lambda town: f"/desk/documents/{town.document}", "A notice on its way",
         "Received, passed on, met about, required: with the hours each took. Names of schools "
         "show to their own county only."),
    Stop("handle", "principal",
         lambda town: f"/desk/documents/{town.document}/at/{town.unit('school')}",
         "A notice at a school", "What the school did with it, step by step."),
    Stop("draft", "director", lambda town: f"/desk/documents/{town.draft}", "A notice to be signed",
         "Another person signs than the one who wrote it; then it gets its number."),
    Stop("document-new", "city", _of("documents/units", "city", "/new"), "A new document",
         "Kinds, the document above it, receivers along either line, and what it must hold."),
    Stop("meetings", "city", "/desk/meetings/", "Meetings",
         "What the unit discussed, with how many of which role, as numbers."),
    Stop("meeting", "city",
         lambda town: f"/desk/meetings/{town.meeting}", "One meeting",
         "Minutes, numbered resolutions, and who sees to each until when."),
    Stop("follow-ups", "county", "/desk/meetings/follow-ups", "What is to be followed up",
         "Late ones first; each ends with a sentence."),
    Stop("talks", "city", _of("meetings/units", "city", "/talks"), "Talks with other bodies",
         "Who spoke with whom, how, and what was agreed."),
    Stop("readiness", "city", _readiness("city"), "Readiness",
         "Which schools have met, named somebody and filed a plan, as counts."),
    Stop("readiness-school", "principal", _readiness("school"), "A school's checklist",
         "Three points: meeting held, person named, plan filed."),
    Stop("plan", "city", _readiness("city", "/plan"), "The plan",
         "Whom to reach, by which way, how many, who sees to it; family, school and society."),
    Stop("requirements", "principal", _readiness("school", "/requirements"),
         "A school's requirements", "What a school may not ask of families is refused."),
    Stop("duty", "principal", _readiness("school", "/duty"), "The duty roster",
         "Who has charge of which evening, and who stands in."),
    Stop("duty-mine", "teacher", "/desk/readiness/mine", "My turns",
         "Changing turns takes a word from both."),
    Stop("five-old", "township", _readiness("township", "/five-old"), "Duties of the five-old",
         "How many do what at which block. Nobody is named."),
    Stop("log", "county", _readiness("county", "/log"), "What moved people",
         "Schools, vice principals, five-old, family stations and class groups, as a log."),
    Stop("pilots", "city", _readiness("city", "/pilots"), "Pilots",
         "Ten communities, their key families under a pseudonym, their figures beside the others'."),
))  # fmt: skip

HELP = Part("The committee's day: groups, help, papers of the day, staff", (
    Stop("groups", "city", _of("groups/of", "city"), "Liaison groups",
         "Who owns a group, how large it is, when its code lapses and when it closes. No member "
         "and no message is kept."),
    Stop("group", "city", _group("city", "schools"), "One group",
         "What is kept about it, its boards, and its robot where one is set up."),
    Stop("board-enter", "city", _group("city", "schools", "/enter"), "How to get in fast",
         "Units write, the owner of the group reads first."),
    Stop("board-learned", "city", _group("city", "schools", "/learned"), "What we learned",
         "The second board of each group."),
    Stop("compose", "county", _of("groups/of", "county", "/posts/new"), "Post once",
         "One text for many groups, at most 300 characters, ready to be copied."),
    Stop("posts", "city", _of("groups/of", "city", "/posts"), "What was posted",
         "In how many groups it stands and how many units have read it."),
    Stop("post", "city", lambda town: f"/desk/groups/post/{town.post}", "One post",
         "Who has acknowledged; nobody is pressed for an answer."),
    Stop("lists", "city", _of("groups/of", "city", "/lists"), "Distribution lists",
         "Groups that are posted to together."),
    Stop("tips", "teacher", "/desk/groups/tips", "Tips",
         "What helped others to get in."),
    Stop("supervision", "county", lambda town: f"/desk/supervision/{town.last}/{town.unit('county')}",
         "Where help is wanted",
         "A fall against the unit's own evenings becomes a call, a call a ticket; nobody is listed "
         "in public."),
    Stop("task", "county", lambda town: f"/desk/supervision/tasks/{town.task}", "A call",
         "One person takes it, says what it was, and it is over or stays as a ticket."),
    Stop("ticket", "township", lambda town: f"/desk/supervision/tickets/{town.ticket}", "A ticket",
         "Opened, answered, solved, closed, with the hours each took."),
    Stop("ask", "teacher", _of("supervision", "class", "/ask"), "Asking for help",
         "A cause and a sentence; it goes to whoever is directly above."),
    Stop("visits", "education", _of("supervision", "education", "/visits"), "Visits",
         "At most one comprehensive visit a year at each school, with a month's notice."),
    Stop("visit", "education", lambda town: f"/desk/supervision/visits/{town.visit}", "One visit",
         "What was found, and what follows from it, for the school and for the visitor."),
    Stop("bulletins", "city", "/desk/bulletins/", "Bulletins and notes",
         "One of each a day; a second needs a reason."),
    Stop("bulletin", "city", lambda town: f"/desk/bulletins/{town.frozen}/{town.unit('city')}/bulletin",
         "An issued bulletin", "A numbered document in Word and PDF, and a short text for groups."),
    Stop("note", "county", lambda town: f"/desk/bulletins/{town.last}/{town.unit('county')}/note",
         "A supervision note in draft",
         "Drafted from the day's figures; people write the sentences, figures stay figures."),
    Stop("comparison", "city",
         lambda town: f"/desk/bulletins/{town.frozen}/{town.unit('city')}/units?of=campaign&by=pupils",
         "Comparison of units",
         "Units side by side by a stated indicator, where the mandate asks for it; never classes, "
         "never persons."),
    Stop("staff", "city", "/desk/staff/", "Staff",
         "Posts with their terms; invitations, hand-overs, second factors."),
    Stop("invite", "principal", lambda town: f"/desk/staff/invite?unit={town.unit('school')}",
         "An invitation", "To one post, by link and word, used once."),
    Stop("invitation", "city", lambda town: f"/desk/staff/invitations/{town.invitation}",
         "An open invitation", "Until when it is open, and how to take it back."),
    Stop("trail", "auditor", "/desk/staff/trail", "The audit trail",
         "Who did what and who was refused what, as codes and keys.", in_codes=True),
    Stop("account", "teacher", "/desk/account/", "My account",
         "Posts, password, second factors, and where one is signed in."),
))  # fmt: skip
