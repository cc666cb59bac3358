"""Addresses of the boards. ``unit`` is a public id, ``lecture`` the lecture's number."""

from django.urls import path

from mingtian.boards.views import appeals, boards, gatherings, piloting, pupils

app_name = "boards"

BOARD = "<int:lecture>/<slug:unit>"
PUPIL = f"{BOARD}/pupils/<slug:person>"

urlpatterns = [
    path("", boards.board_own, name="own"),
    path(BOARD, boards.board, name="board"),
    path(f"{BOARD}/wall", boards.board_wall, name="wall"),
    path(f"{BOARD}/evenings", boards.board_evenings, name="evenings"),
    path(f"{BOARD}/evenings.<slug:form>", boards.board_evenings_file, name="evenings-file"),
    path(f"{BOARD}/export.<slug:form>", boards.board_export, name="export"),
    path(f"{BOARD}/frame.json", boards.board_frame, name="frame"),
    path(f"{BOARD}/stream", boards.board_stream, name="stream"),
    path(f"{BOARD}/pilots", piloting.pilots, name="pilots"),
    path(f"{BOARD}/pilots.<slug:form>", piloting.pilots_file, name="pilots-file"),
    path(f"{BOARD}/states.json", boards.board_states, name="states"),
    # For the class teacher of this very class; 404 to everybody else.
    path(PUPIL, pupils.pupil, name="pupil"),
    path(f"{PUPIL}/note", pupils.pupil_note, name="pupil-note"),
    path(f"{PUPIL}/note/undo", pupils.pupil_note_undo, name="pupil-note-undo"),
    path(f"{PUPIL}/exempt", pupils.pupil_exempt, name="pupil-exempt"),
    path(f"{PUPIL}/unwilling", pupils.pupil_unwilling, name="pupil-unwilling"),
    path(f"{PUPIL}/expected", pupils.pupil_expected, name="pupil-expected"),
    path(f"{BOARD}/in-class", gatherings.gathering, name="gathering"),
    path(f"{BOARD}/in-class/open", gatherings.gathering_open, name="gathering-open"),
    path(f"{BOARD}/in-class/count", gatherings.gathering_count, name="gathering-count"),
    path(f"{BOARD}/in-class/ticks", gatherings.gathering_tick, name="gathering-tick"),
    path(f"{BOARD}/in-class/drop", gatherings.gathering_drop, name="gathering-drop"),
    path(f"{BOARD}/questions", appeals.appeal_list, name="appeal-list"),
    path(f"{BOARD}/questions/<slug:appeal>", appeals.appeal_answer, name="appeal-answer"),
]
