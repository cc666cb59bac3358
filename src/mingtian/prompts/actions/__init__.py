"""Changes of prompts: those of the clock, those of people, and passing on."""

from mingtian.prompts.actions.chain import pass_on, pass_on_by_robot, prompt
from mingtian.prompts.actions.rhythm import keep_rhythm, say_by_robots

__all__ = ["keep_rhythm", "pass_on", "pass_on_by_robot", "prompt", "say_by_robots"]
