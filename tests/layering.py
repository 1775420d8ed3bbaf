#!/usr/bin/env python3
"""Holds the includes of every folder against the arrows of the house: a room may include only from rooms it may know.

An include names its folder ("protocol/fault.h"), so the text of the files is enough. Arrows are transitive and are
written here once; a folder that is not in the table fails, as does an include of Gui or Widgets in core or app/demo.
"""
import pathlib
import re
import sys

ARROWS = {
    "common": [],
    "text": ["common", "document", "connection", "profileimport"],
    "document": ["common"],
    "protocol": ["common", "document"],
    "connection": ["common"],
    "profileimport": ["connection"],
    "http": ["common"],
    "auth": ["common"],
    "transport": ["http", "auth", "connection"],
    "diagnose": ["auth", "http", "connection"],
    "session": ["transport", "protocol"],
    "inventory": ["session", "protocol"],
    "export": ["document", "text"],
}
GUI = re.compile(r'^\s*#\s*include\s*<(QtGui/|QtWidgets/|QWidget|QApplication|QGuiApplication|QColor|QIcon|QPixmap|QImage|'
                 r'QPainter|QPalette|QFont|QDialog|QMainWindow)')
INCLUDE = re.compile(r'^\s*#\s*include\s*"([^"]+)"')
# Only the window and the programs translate; of core, text alone.
TR = re.compile(r'(?<![\w:.>])(?:\w+::)?tr\(')


def reachable(room):
    seen, todo = {room}, [room]
    while todo:
        for other in ARROWS[todo.pop()]:
            if other not in seen:
                seen.add(other)
                todo.append(other)
    return seen


def sources(folder):
    return sorted(p for p in folder.rglob("*") if p.suffix in (".h", ".cpp"))


def check_core(root, problems):
    for path in sources(root / "core"):
        room = path.relative_to(root / "core").parts[0]
        if room not in ARROWS:
            problems.append(f"{path}: core/{room} has no arrows in this test")
            continue
        allowed = reachable(room)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            where = f"{path.relative_to(root)}:{number}"
            include = INCLUDE.match(line)
            if include and "/" in include[1] and include[1].split("/")[0] not in allowed:
                problems.append(f"{where}: core/{room} must not know {include[1]}")
            if GUI.match(line):
                problems.append(f"{where}: core must not use Gui or Widgets: {line.strip()}")
            if room != "text" and TR.search(line):
                problems.append(f"{where}: of core, only core/text translates")


def check_faces(root, problems):
    rooms = set(ARROWS)
    ui_folders = {p.name for p in (root / "ui").iterdir() if p.is_dir()}
    for face, allowed, gui in (("ui", rooms | ui_folders, True), ("app/demo", rooms | {"demo"}, False),
                               ("app/example", rooms, False),
                               ("app/ctl", rooms | {"demo", "ctl"}, False),
                               ("app/console", rooms | ui_folders | {"demo", "console"}, True)):
        for path in sources(root / face):
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                where = f"{path.relative_to(root)}:{number}"
                include = INCLUDE.match(line)
                if include and "/" in include[1] and include[1].split("/")[0] not in allowed:
                    problems.append(f"{where}: {face} must not know {include[1]}")
                if not gui and GUI.match(line):
                    problems.append(f"{where}: {face} must not use Gui or Widgets")


def main():
    root = pathlib.Path(sys.argv[1]).resolve()
    problems = []
    check_core(root, problems)
    check_faces(root, problems)
    print("\n".join(problems) if problems else "every include follows the arrows")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
