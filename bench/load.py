"""Runs wrk with bodies made beforehand, and reads what it prints. Loopback only, bounded."""

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

LUA = """
local heads, tails = {}, {}
for line in io.lines("%(bodies)s") do
  local at = string.find(line, "@", 1, true)
  local head, tail = line, ""
  if at then head, tail = string.sub(line, 1, at - 1), string.sub(line, at + 1) end
  local length = #head + #tail + (at and 15 or 0)
  heads[#heads + 1] = "POST %(path)s HTTP/1.1\\r\\nHost: 127.0.0.1\\r\\n" ..
    "Content-Type: text/plain\\r\\nContent-Length: " .. length .. "\\r\\n\\r\\n" .. head
  tails[#tails + 1] = tail
end
local maps = {}
for slot = 1, 50 do maps[slot] = string.format("%%015x", 2 ^ slot - 1) end
local n = 0
local count = #heads
local delay_ms = %(delay)d
request = function()
  local at = n %% count + 1
  local tail = tails[at]
  local map = tail ~= "" and maps[math.floor(n / count) %% 50 + 1] or ""
  n = n + 1
  return heads[at] .. map .. tail
end
if delay_ms > 0 then delay = function() return delay_ms end end
"""
"""A body's @ becomes a map that gains one slot with each round over all phones, so that every
beat changes its row. Requests are made beforehand: the generator shares the cores with what it
measures."""


@dataclass(frozen=True)
class Run:
    """One run of wrk."""

    requests: int
    seconds: float
    refused: int

    @property
    def rate(self) -> float:
        return (self.requests - self.refused) / self.seconds


def write_script(folder: Path, name: str, path: str, bodies: list[str], *, delay: int = 0) -> Path:
    """Write bodies and script; returns the script."""
    lines = folder / f"{name}.txt"
    lines.write_text("\n".join(bodies), encoding="utf-8")
    script = folder / f"{name}.lua"
    script.write_text(LUA % {"bodies": lines, "path": path, "delay": delay}, encoding="utf-8")
    return script


def run_wrk(port: int, script: Path, *, seconds: int, connections: int) -> Run:
    """Load one port of this machine for so many seconds."""
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "-s", str(script)]
    done = subprocess.run(
        [*command, f"http://127.0.0.1:{port}"], capture_output=True, text=True, check=True
    )
    return read_wrk(done.stdout)


def read_wrk(text: str) -> Run:
    """Read wrk's summary."""
    total = re.search(r"(\d+) requests in ([\d.]+)(s|m)", text)
    refused = re.search(r"Non-2xx or 3xx responses: (\d+)", text)
    if total is None:
        raise ValueError(f"wrk said something unexpected:\n{text}")
    seconds = float(total[2]) * (60 if total[3] == "m" else 1)
    return Run(int(total[1]), seconds, int(refused[1]) if refused else 0)
