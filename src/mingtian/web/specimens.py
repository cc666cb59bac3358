"""Invented rows for the living page of components."""

from typing import Any

from mingtian.web.rules import Bar

SPECIMENS: dict[str, Any] = {
    "trail": [("绥化市", "#"), ("望奎县", "#"), ("第三小学", "#"), ("三年级二班", "")],
    "bars": [
        Bar(name="北林区", value=18420, of=21000, url="#", key="a"),
        Bar(name="肇东市", value=16077, of=16900, url="#", own=True, key="b"),
        Bar(name="安达市", value=12004, of=15000, url="#", key="c"),
        Bar(name="海伦市", value=12004, of=13100, url="#", key="d"),
        Bar(name="青冈县", value=640, of=8800, url="#", key="e", note="两所学校停电"),
    ],
    "headers": ["班级", ("到课", "number"), ("应到", "number"), "状态"],
    "rows": [["三年级一班", "41", "44", "已确认"], ["三年级二班", "38", "43", "待确认"]],
    "segments": [("value", "按人数", "#"), ("share", "按比例", "#"), ("slot", "按时段", "#")],
    "steps": ["扫班级的学习码", "选谁在看", "进入大讲堂"],
}
