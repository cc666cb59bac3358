"""How legs, channels, levers, tasks and states are called. Translated when read."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mingtian.readiness.rules import Channel, Lever, State, Task

Words = dict[str, str | Promise]

CHANNEL_WORDS: Words = {
    Channel.LEARNING_CODE: _("Learning code on a phone"),
    Channel.CLASS_GROUP: _("The class's group"),
    Channel.IN_CLASS: _("Watched together in class"),
    Channel.VILLAGE_ROOM: _("A room of the village or community"),
    Channel.FIVE_OLD: _("A five-old volunteer comes along"),
    Channel.FAMILY_STATION: _("Family-education station"),
    Channel.BROADCAST: _("Village loudspeaker or local television"),
}
LEVER_WORDS: Words = {
    Lever.SCHOOL: _("Schools"),
    Lever.VICE_PRINCIPAL: _("Rule-of-law vice principals"),
    Lever.FIVE_OLD: _("Five-old volunteers"),
    Lever.FAMILY_STATION: _("Family-education stations"),
    Lever.CLASS_GROUP: _("Class groups"),
}
TASK_WORDS: Words = {
    Task.WATCH: _("Watch and tell others"),
    Task.MOBILISE: _("Invite the homes of a block"),
    Task.HELP: _("Help elders to enter"),
    Task.COMMENT: _("Write a comment after the lecture"),
}
STATE_WORDS: Words = {
    State.READY: _("ready"),
    State.LATE: _("ready, late"),
    State.BEGUN: _("begun"),
    State.SILENT: _("silent"),
}
STATE_CHIPS = {
    State.READY: "good",
    State.LATE: "wait",
    State.BEGUN: "wait",
    State.SILENT: "off",
}
