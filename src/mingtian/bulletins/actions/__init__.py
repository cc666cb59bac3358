"""Changes of bulletins: begin, edit, take over figures, issue, post to groups; switch comparison."""

from mingtian.bulletins.actions.comparing import switch
from mingtian.bulletins.actions.issuing import issue, post_to_groups
from mingtian.bulletins.actions.writing import Again, begin, drop, edit, take_figures

__all__ = ["Again", "begin", "drop", "edit", "issue", "post_to_groups", "switch", "take_figures"]
