"""What docs/deploying.md gives to whoever runs the service: settings, units, backups; and that nothing has drifted."""

import hashlib
import os
import re
import shutil
import sqlite3
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import deployed
import pytest
import small_council
from deployed import FILES, INSTALLED, ROOT
from pydantic import BaseModel
from small_council import QUESTION

from index.files import generations
from index.files.generations import current
from webapp import settings
from webapp.live import LiveAssistant
from webapp.settings import Settings

DOCUMENT = (ROOT / "docs" / "deploying.md").read_text(encoding="utf-8")
UNITS = sorted(path.name for path in FILES.iterdir() if path.suffix in (".service", ".timer"))
SERVICES = [name for name in UNITS if name.endswith(".service")]


# Settings.


def keys(table: type[BaseModel], before: str = "") -> dict[str, object]:
    """Every setting of a table and of those in it, by its full name, with its usual value."""
    found: dict[str, object] = {}
    for name, field in table.model_fields.items():
        inner = field.annotation
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            found |= keys(inner, f"{before}{name}.")
        else:
            found[f"{before}{name}"] = field.default
    return found


def values(table: BaseModel, before: str = "") -> dict[str, object]:
    """The value of every setting that was given."""
    found: dict[str, object] = {}
    for name in table.model_fields_set:
        value = getattr(table, name)
        found |= values(value, f"{before}{name}.") if isinstance(value, BaseModel) else {f"{before}{name}": value}
    return found


def test_the_example_names_every_setting_and_no_other() -> None:
    given = values(settings.read(FILES / "settings.toml"))
    assert sorted(given) == sorted(keys(Settings))


def test_the_example_has_the_usual_values_but_for_what_only_its_reader_knows() -> None:
    given, usual = values(settings.read(FILES / "settings.toml")), keys(Settings)
    assert {name for name in usual if given[name] != usual[name]} == {
        "service.organisation",
        "service.contact",
        "proxy.addresses",
    }


def test_every_setting_of_the_example_is_explained() -> None:
    commented = False
    for line in (FILES / "settings.toml").read_text(encoding="utf-8").splitlines():
        if not line:
            commented = False
        elif line.startswith("#"):
            commented = True
        elif "=" in line:
            assert commented, line


# The document.


def test_every_file_is_spoken_of() -> None:
    there = {path.relative_to(ROOT).as_posix() for path in FILES.rglob("*") if path.is_file()}
    silent = {name for name in there if Path(name).name not in DOCUMENT and "/pages/" not in name}
    assert silent == set()


def test_every_file_that_is_spoken_of_is_there() -> None:
    named = set(re.findall(r"\b((?:docs|benchmarks|evaluation|webapp)/[\w./-]+\.\w+)", DOCUMENT))
    assert named
    assert {name for name in named if not (ROOT / name).is_file()} == set()


def test_every_unit_that_is_spoken_of_is_there() -> None:
    named = set(re.findall(r"\binspection-assistant[\w-]*\.(?:service|timer)\b", DOCUMENT))
    assert named == set(UNITS)


@pytest.mark.parametrize(
    "commands", re.findall(r"^ *```sh\n(.*?)```", DOCUMENT, re.DOTALL | re.MULTILINE), ids=lambda text: text.split()[0]
)
def test_a_shell_can_read_the_commands(commands: str) -> None:
    checked = subprocess.run(["sh", "-n"], input=commands, capture_output=True, text=True)
    assert (checked.returncode, checked.stderr) == (0, "")


LOGGED = re.findall(r"^\| `([^`]+)` \|", DOCUMENT.partition("Lines of the server's log")[2], re.MULTILINE)


@pytest.mark.parametrize("line", LOGGED)
def test_a_line_to_watch_for_is_one_that_the_server_writes(line: str) -> None:
    assert any(line in path.read_text(encoding="utf-8") for path in (ROOT / "webapp").glob("*.py"))


def test_the_figures_to_watch_are_there() -> None:
    named = set(re.findall(r"`assistant_(\w+?)(?:_total)?`", DOCUMENT))
    assert named
    metrics = (ROOT / "webapp" / "monitoring" / "metrics.py").read_text(encoding="utf-8")
    assert {name for name in named if f'"assistant_{name}"' not in metrics} == set()


# Units.


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The units with the paths of this machine."""
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd is not installed")
    folder = tmp_path_factory.mktemp("units")
    for name in UNITS:
        text = (FILES / name).read_text(encoding="utf-8")
        python = shutil.which("true") or "/bin/true"
        (folder / name).write_text(
            text.replace(f"{INSTALLED}/.venv/bin/python", python).replace(INSTALLED, str(ROOT)), encoding="utf-8"
        )
    return folder


@pytest.mark.parametrize("name", UNITS)
def test_systemd_finds_no_fault_with_a_unit(installed: Path, name: str) -> None:
    checked = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", installed / name], capture_output=True, text=True
    )
    said = [line for line in checked.stderr.splitlines() if name in line]
    assert (checked.returncode, said) == (0, [])


@pytest.mark.parametrize(
    ("name", "most"),
    [
        ("inspection-assistant.service", 25),
        ("inspection-assistant-build.service", 20),
        ("inspection-assistant-backup.service", 30),
    ],
    ids=["server", "build", "backup"],
)
def test_a_unit_is_exposed_to_little(installed: Path, name: str, most: int) -> None:
    """``most`` is what systemd's own count of what is left open may come to, of 100."""
    command = ["systemd-analyze", "security", "--no-pager", "--offline=true", f"--threshold={most}", installed / name]
    checked = subprocess.run(command, capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout[-400:]


def test_the_server_may_write_to_its_records_alone() -> None:
    unit = deployed.unit("inspection-assistant.service")
    assert unit["ProtectSystem"] == ["strict"]
    assert unit["ReadWritePaths"] == ["/var/lib/inspection-assistant/records"]
    assert "--records /var/lib/inspection-assistant/records" in unit["ExecStart"][0]


def test_no_unit_holds_a_secret() -> None:
    for name in SERVICES:
        assert not re.search(r"^Environment=\w*(SECRET\w*(?<!_FILE)|TOKEN)=", (FILES / name).read_text(), re.MULTILINE)


# Backups.


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[dict[str, str]]:
    """A machine's folders, as the scripts are told of them. Its records are being written to meanwhile."""
    if not shutil.which("sqlite3"):
        pytest.skip("sqlite3 is not installed")
    small_council.live(tmp_path)
    folders = {
        "ETC": tmp_path / "etc",
        "DOCUMENTS": tmp_path / "documents",
        "INDEX": tmp_path / "index",
        "RECORDS": tmp_path / "records",
    }
    for folder in folders.values():
        folder.mkdir(exist_ok=True)
    shutil.copy(FILES / "settings.toml", folders["ETC"])
    (folders["ETC"] / "secret-key").write_text(deployed.KEY, encoding="utf-8")
    (folders["RECORDS"] / "in").mkdir()
    (folders["RECORDS"] / "in" / "a list.toml").write_text("kept = true\n", encoding="utf-8")
    with sqlite3.connect(folders["RECORDS"] / "reports.sqlite") as reports:
        reports.execute("PRAGMA journal_mode=WAL")
        reports.execute("CREATE TABLE reports (words TEXT)")
        reports.execute("INSERT INTO reports VALUES ('the first')")
        reports.execute("INSERT INTO reports VALUES ('erased by request')")
    reports.execute("DELETE FROM reports WHERE words LIKE 'erased%'")
    reports.commit()
    stop = threading.Event()
    writing = threading.Thread(target=_write, args=(folders["RECORDS"] / "reports.sqlite", stop))
    writing.start()
    yield {name: str(folder) for name, folder in folders.items()}
    stop.set()
    writing.join()
    reports.close()


def _write(path: Path, stop: threading.Event) -> None:
    """What a server does meanwhile."""
    connection = sqlite3.connect(path, timeout=60)
    while not stop.wait(0.001):
        with connection:
            connection.execute("INSERT INTO reports VALUES ('another')")
    connection.close()


def run(script: str, machine: dict[str, str], *arguments: object) -> subprocess.CompletedProcess[str]:
    command = [str(FILES / script), *map(str, arguments)]
    # What a test does not name is nowhere, and never this machine's own folder.
    nowhere = dict.fromkeys(("ETC", "DOCUMENTS", "INDEX", "RECORDS"), "/nowhere")
    return subprocess.run(command, env={**os.environ, **nowhere, **machine}, capture_output=True, text=True)


def backed_up(machine: dict[str, str], to: Path) -> Path:
    done = run("backup.sh", machine, to)
    assert done.returncode == 0, done.stderr
    return Path(done.stdout.strip())


def test_what_was_backed_up_is_restored_on_another_machine(machine: dict[str, str], tmp_path: Path) -> None:
    backup = backed_up(machine, tmp_path / "backups")
    other = {name: str(tmp_path / "other" / name.lower()) for name in machine}
    for folder in other.values():
        Path(folder).mkdir(parents=True)
    done = run("restore.sh", other, backup)
    assert done.returncode == 0, done.stderr

    assistant = LiveAssistant.open(Path(other["INDEX"]), None).current()
    assert assistant.index.generation == current(Path(machine["INDEX"]))
    assert assistant.answer(QUESTION).evidence
    assert (Path(other["DOCUMENTS"]) / "catalogue.toml").read_text(encoding="utf-8") == small_council.CATALOGUE
    assert (Path(other["ETC"]) / "secret-key").read_text(encoding="utf-8") == deployed.KEY
    assert (Path(other["RECORDS"]) / "in" / "a list.toml").read_text(encoding="utf-8") == "kept = true\n"
    with sqlite3.connect(Path(other["RECORDS"]) / "reports.sqlite") as restored:
        assert restored.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert restored.execute("SELECT words FROM reports LIMIT 1").fetchone() == ("the first",)
    restored.close()


def test_what_was_deleted_is_in_no_backup(machine: dict[str, str], tmp_path: Path) -> None:
    backup = backed_up(machine, tmp_path / "backups")
    assert b"the first" in (backup / "records" / "reports.sqlite").read_bytes()
    assert b"erased by request" not in (backup / "records" / "reports.sqlite").read_bytes()


def test_a_backup_is_its_owners_alone(machine: dict[str, str], tmp_path: Path) -> None:
    backup = backed_up(machine, tmp_path / "backups")
    assert backup.stat().st_mode & 0o077 == 0


def test_old_backups_go_once_there_is_a_new_one(machine: dict[str, str], tmp_path: Path) -> None:
    for name, old in (("20250101T000000Z", True), ("20250102T000000Z", False), ("not one of ours", True)):
        (tmp_path / "backups" / name).mkdir(parents=True)
        if old:
            os.utime(tmp_path / "backups" / name, (0, 0))
    backup = backed_up(machine, tmp_path / "backups")
    left = {path.name for path in (tmp_path / "backups").iterdir()}
    assert left == {"20250102T000000Z", "not one of ours", backup.name}


def test_a_backup_that_cannot_be_made_whole_is_none(machine: dict[str, str], tmp_path: Path) -> None:
    (Path(machine["RECORDS"]) / "broken.sqlite").write_bytes(b"SQLite format 3\0" + b"x" * 4096)
    done = run("backup.sh", machine, tmp_path / "backups")
    assert done.returncode != 0
    assert list((tmp_path / "backups").iterdir()) == []


def test_a_damaged_backup_is_refused(machine: dict[str, str], tmp_path: Path) -> None:
    backup = backed_up(machine, tmp_path / "backups")
    (backup / "etc" / "secret-key").write_text("another", encoding="utf-8")
    done = run("restore.sh", machine, backup, "index")
    assert done.returncode == 1
    assert "Nothing was restored" in done.stderr


@pytest.mark.parametrize(
    ("parts", "said"),
    [(["index", "records"], "there is no"), (["index", "record"], "no part called record")],
    ids=["no folder", "no such part"],
)
def test_nothing_is_restored_where_not_all_can_be(
    machine: dict[str, str], tmp_path: Path, parts: list[str], said: str
) -> None:
    backup = backed_up(machine, tmp_path / "backups")
    (tmp_path / "other").mkdir()
    other = {"INDEX": str(tmp_path / "other"), "RECORDS": str(tmp_path / "none")}
    done = run("restore.sh", other, backup, *parts)
    assert done.returncode == 2
    assert "Nothing was restored" in done.stderr
    assert said in done.stderr
    assert list((tmp_path / "other").iterdir()) == []
    assert not (tmp_path / "none").exists()


def test_a_damaged_index_is_put_back_under_a_server_that_runs(machine: dict[str, str], tmp_path: Path) -> None:
    index = Path(machine["INDEX"])
    backup = backed_up(machine, tmp_path / "backups")
    before = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in (index / str(current(index))).iterdir()
    }
    for name in list(before)[:3]:
        (index / str(current(index)) / name).write_bytes(b"")
    assert run("restore.sh", machine, backup, "index").returncode == 0
    found = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in (index / str(current(index))).iterdir()
    }
    assert found == before
    assert LiveAssistant.open(index, None).current().answer(QUESTION).evidence


def test_folders_keep_their_permissions_and_lists_that_are_replaced_are_kept(
    machine: dict[str, str], tmp_path: Path
) -> None:
    backup = backed_up(machine, tmp_path / "backups")
    other = {name: tmp_path / "other" / name.lower() for name in machine}
    for folder in other.values():
        folder.mkdir(parents=True)
        folder.chmod(0o750)
    (other["DOCUMENTS"] / "catalogue.toml").write_text("newer", encoding="utf-8")
    done = run("restore.sh", {name: str(folder) for name, folder in other.items()}, backup)
    assert done.returncode == 0, done.stderr
    assert {name: oct(folder.stat().st_mode & 0o777) for name, folder in other.items()} == dict.fromkeys(other, "0o750")
    assert (other["DOCUMENTS"] / "catalogue.toml.~1~").read_text(encoding="utf-8") == "newer"


def test_records_that_are_replaced_are_kept(machine: dict[str, str], tmp_path: Path) -> None:
    backup = backed_up(machine, tmp_path / "backups")
    other = tmp_path / "other"
    (other / "records").mkdir(parents=True)
    (other / "records" / "late.txt").write_text("since the backup", encoding="utf-8")
    assert run("restore.sh", {"RECORDS": str(other / "records")}, backup, "records").returncode == 0
    assert not (other / "records" / "late.txt").exists()
    assert [path.read_text(encoding="utf-8") for path in other.glob("records.before-*/late.txt")] == [
        "since the backup"
    ]


# Generations.


def test_the_generation_before_serves_again(machine: dict[str, str], tmp_path: Path) -> None:
    index = Path(machine["INDEX"])
    first = current(index)
    live = LiveAssistant.open(index, None)
    second = small_council.index(small_council.write(tmp_path / "documents", more="A paper of the panel.\n"), index)
    assert live.current().index.generation == second
    assert f"{second} (serves)" in run("use-generation.sh", machine).stdout
    assert run("use-generation.sh", machine, first).returncode == 0
    assert live.current().index.generation == first


def test_an_upgrade_may_change_the_form_of_the_index_and_be_undone(
    machine: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The new program builds while the old one serves; then it serves; then the old one does again."""
    index = Path(machine["INDEX"])
    live = LiveAssistant.open(index, None)
    old, form = current(index), generations.FORMAT
    monkeypatch.setattr(generations, "FORMAT", form + 1)
    new = small_council.index(tmp_path / "documents", index)

    monkeypatch.setattr(generations, "FORMAT", form)
    assert live.current().answer(QUESTION).evidence
    assert live.current().index.generation == old

    monkeypatch.setattr(generations, "FORMAT", form + 1)
    assert LiveAssistant.open(index, None).current().index.generation == new

    monkeypatch.setattr(generations, "FORMAT", form)
    assert run("use-generation.sh", machine, old).returncode == 0
    assert LiveAssistant.open(index, None).current().index.generation == old


def test_each_level_of_access_is_backed_up_restored_and_gone_back_in(machine: dict[str, str], tmp_path: Path) -> None:
    index, documents = Path(machine["INDEX"]), tmp_path / "documents"
    first = small_council.index(documents, index / "officers")
    backup = backed_up(machine, tmp_path / "backups")
    second = small_council.index(small_council.write(documents, more="A paper of the panel.\n"), index / "officers")
    listed = run("use-generation.sh", machine).stdout.splitlines()
    assert sorted(listed) == sorted([f"{current(index)} (serves)", f"officers/{first}", f"officers/{second} (serves)"])
    assert run("use-generation.sh", machine, f"officers/{first}").returncode == 0
    assert current(index / "officers") == first

    other = {"INDEX": str(tmp_path / "other")}
    (tmp_path / "other").mkdir()
    assert run("restore.sh", other, backup, "index").returncode == 0
    assert LiveAssistant.open(tmp_path / "other" / "officers", None).current().index.generation == first
    assert LiveAssistant.open(tmp_path / "other", None).current().index.generation == current(index)


def test_a_generation_that_is_not_there_is_refused(machine: dict[str, str]) -> None:
    before = current(Path(machine["INDEX"]))
    done = run("use-generation.sh", machine, "20200101T000000-00000000")
    assert done.returncode == 1
    assert "There is no generation called" in done.stderr
    assert current(Path(machine["INDEX"])) == before
