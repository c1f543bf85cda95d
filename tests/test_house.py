"""The house itself: what its rules promise of modules, migrations, documents and settings, held against what is there."""

from __future__ import annotations

import ast
import re
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from cases.acts.actions import ACTIONS, edges
from cases.model import Status
from handlers.sources import SOURCES
from store import schema
from store.engine import connect
from store.tables import metadata
from tests import write_house_page

HOUSE = Path(__file__).parent.parent
ROOMS = ("cases", "handlers", "store", "prompts", "sandbox")
MODULES = sorted([HOUSE / "bot.py", *(path for room in ROOMS for path in (HOUSE / room).rglob("*.py"))])
MIGRATIONS = HOUSE / "store" / "migrations"


def name_of(path: Path) -> str:
    return str(path.relative_to(HOUSE))


def docstring(path: Path) -> str:
    return ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""


# Modules


def is_one_sentence(path: Path) -> bool:
    """Whether a docstring begins with one; more may follow in a paragraph of its own."""
    first = docstring(path).split("\n\n")[0].replace("\n", " ")
    ends = first.endswith(".") or path.parent.name == "versions"
    return bool(first) and ends and not re.search(r"\. [A-Z]", first)


def test_every_module_says_what_it_is_about() -> None:
    assert [name_of(path) for path in MODULES if not is_one_sentence(path)] == []


def functions() -> Iterator[tuple[str, int]]:
    """Every function of the house, and over how many lines it goes."""
    for path in MODULES:
        if path.is_relative_to(MIGRATIONS):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield f"{name_of(path)}:{node.name}", (node.end_lineno or node.lineno) - node.lineno + 1


def test_functions_are_short_and_few_are_long() -> None:
    lengths = dict(functions())
    assert statistics.median(lengths.values()) <= 8
    long = {name: length for name, length in lengths.items() if length > 40}
    assert len(long) <= len(lengths) // 100, long


@pytest.mark.parametrize("room", ["cases", "store", "prompts"])
def test_rooms_within_do_not_load_slack(room: str) -> None:
    modules = [name_of(p)[:-3].replace("/", ".") for p in MODULES if p.is_relative_to(HOUSE / room)]
    wanted = [m.removesuffix(".__init__") for m in modules if ".migrations" not in m]
    check = f"import sys, {', '.join(wanted)}; print([m for m in sys.modules if m.startswith('slack_')])"
    loaded = subprocess.run([sys.executable, "-c", check], cwd=HOUSE, capture_output=True, text=True, check=True)
    assert loaded.stdout.strip() == "[]"


# Migrations


def scripts() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return ScriptDirectory.from_config(config)


def test_code_needs_the_newest_migration_there_is() -> None:
    assert scripts().get_heads() == [schema.REVISION], (
        "REVISION in store/schema.py is the newest number in store/migrations/versions"
    )


def test_migrations_are_numbered_in_one_line() -> None:
    line = list(scripts().walk_revisions())
    assert [script.revision for script in line] == [f"{n:04}" for n in range(len(line), 0, -1)]
    assert all(Path(script.path).name.startswith(script.revision) for script in line)


def test_migrating_from_nothing_gives_exactly_our_tables(tmp_path: Path) -> None:
    engine = connect(f"sqlite:///{tmp_path}/migrated.db")
    schema.migrate(engine)
    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), metadata)
    engine.dispose()
    assert differences == []


def indexes(url: str, *, migrated: bool) -> dict[str, str]:
    """Every index as SQLite keeps it, conditions included: Alembic compares those not at all."""
    engine = connect(url)
    if migrated:
        schema.migrate(engine)
    else:
        metadata.create_all(engine)
    with engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql NOT NULL")
        found = {name: " ".join(sql.split()) for name, sql in rows}
    engine.dispose()
    return found


def test_migrated_indexes_have_the_same_conditions(tmp_path: Path) -> None:
    migrated = indexes(f"sqlite:///{tmp_path}/migrated.db", migrated=True)
    assert migrated == indexes(f"sqlite:///{tmp_path}/made.db", migrated=False)


def test_conditions_of_indexes_hold_on_every_database() -> None:
    for path in (MIGRATIONS / "versions").glob("*.py"):
        text = path.read_text(encoding="utf-8")
        on_sqlite = re.findall(r"sqlite_where=(sa\.text\(.*?\)),?\n", text)
        on_postgres = re.findall(r"postgresql_where=(sa\.text\(.*?\)),?\n", text)
        assert on_sqlite == on_postgres
        assert not [condition for condition in on_sqlite if re.search(r"\b(IS|=) [01]\b", condition)]


# Documents and settings

EDGE = re.compile(r"^\s*(\w+) --> (\w+): (.+?)\s*$", re.MULTILINE)


def drawn() -> set[tuple[str, str, str]]:
    """The README's diagram: (from, to, action), without its beginning and end."""
    diagrams = re.findall(r"```mermaid\n(.*?)```", (HOUSE / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    return {
        (before, after, action)
        for diagram in diagrams
        for before, after, actions in EDGE.findall(diagram)
        for action in re.split(r"\s*[,/|]\s*", actions)
    }


def test_diagram_of_the_readme_shows_every_action() -> None:
    assert drawn() == {(str(before), str(after), action) for before, after, action in edges()}


def test_every_status_can_be_reached_and_left() -> None:
    changes = edges()
    assert {after for _, after, _ in changes} == set(Status)
    assert {before for before, _, _ in changes} == set(Status)
    assert {action for _, _, action in changes} <= set(ACTIONS)


def test_every_source_has_its_secret_in_the_example() -> None:
    named = set(re.findall(r"^#?\s*([A-Z_]+)=", (HOUSE / ".env.example").read_text(encoding="utf-8"), re.MULTILINE))
    unnamed = {source.secret_env for source in SOURCES.values()} - named
    assert not unnamed, "the secret of a source needs its line in .env.example"


def test_page_of_the_house_shows_every_module_there_is() -> None:
    page = write_house_page.PAGE.read_text(encoding="utf-8")
    assert page == write_house_page.as_markdown(), "run: python -m tests.write_house_page"


def test_example_of_settings_gives_away_no_secret() -> None:
    text = (HOUSE / ".env.example").read_text(encoding="utf-8")
    assert not re.findall(r"(?:xox[bp]-|xapp-|whsec_|sk-)[A-Za-z0-9-]{8,}", text)


@pytest.mark.parametrize("file", ["requirements.txt", "requirements-dev.txt"])
def test_every_requirement_is_pinned_to_one_version(file: str) -> None:
    lines = [line.split("#")[0].strip() for line in (HOUSE / file).read_text(encoding="utf-8").splitlines()]
    assert not [line for line in lines if line and not line.startswith("-r ") and "==" not in line]


def test_decisions_are_numbered_without_a_gap() -> None:
    numbers = sorted(path.name[:4] for path in (HOUSE / "docs" / "decisions").glob("*.md"))
    assert numbers == [f"{n:04}" for n in range(1, len(numbers) + 1)]
