"""The robot of a group: set up and forgotten by the owner alone."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from mingtian.core import clock
from mingtian.core.errors import RuleBroken
from mingtian.groups import access, actions
from mingtian.groups.forms import RobotForm
from mingtian.groups.rules import VENDOR_OF
from mingtian.web.acting import actor
from mingtian.web.refusals import told


@login_required
@require_http_methods(["GET", "POST"])
def robot(request: HttpRequest, group: str) -> HttpResponse:
    """Show whether the group has a robot and keep another address. What is kept is not shown."""
    now = clock.now()
    place = access.get_group_to_manage(request.user, group, now)
    form = RobotForm(request.POST or None)
    refusal: RuleBroken | None = None
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            actions.set_robot(
                group=place.group, address=typed["address"], secret=typed["secret"],
                by=actor(request), now=now,
            )  # fmt: skip
        except RuleBroken as broken:
            refusal = broken
        else:
            messages.success(request, _("The robot is set up. It says what is posted from now on."))
            return redirect("groups:group", place.group.public_id)
    shown = {
        "group": place.group,
        "form": form,
        "possible": place.group.platform in VENDOR_OF,
        **told(refusal),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "groups/robot.html", shown, status=status)


@login_required
@require_POST
def remove_robot(request: HttpRequest, group: str) -> HttpResponse:
    """Forget the group's robot."""
    now = clock.now()
    place = access.get_group_to_manage(request.user, group, now)
    if actions.remove_robot(group=place.group, by=actor(request), now=now):
        messages.success(request, _("The robot is forgotten."))
    return redirect("groups:group", place.group.public_id)
