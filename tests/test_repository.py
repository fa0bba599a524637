"""What must hold for the repository as a whole: it runs anywhere, names no machine, and its documents are true."""

from __future__ import annotations

import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LOCKS = ("requirements.lock", "requirements-dev.lock")
MOST_LINES = 500

MACHINE_PATH = re.compile(r"(?<![\w.~/<-])/(?:home|root|work|Users|tmp|mnt|opt|private)/\w")
UPWARD_PATH = re.compile(r"(?<![\w./])(?:\.\./)+(?!\d{4})\w[\w./-]*")  # ../2005 is a date, open to the past
REGISTRY = re.compile(
    r"\b(?:pypi|pythonhosted|npmjs|jsdelivr|unpkg)\.\w|file:/{2}|https?://\S+\.(?:whl|tgz|tar\.gz)\b", re.IGNORECASE
)


def repository_files() -> list[Path]:
    """Every file that is or could be committed."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return [path for name in listed.split("\0") if name and (path := ROOT / name).is_file()]


def text_of(path: Path) -> str:
    """The text of a file, empty for one that is not text."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def found(pattern: re.Pattern[str]) -> list[str]:
    """Where a pattern stands in the repository."""
    return [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:120]}"
        for path in repository_files()
        for number, line in enumerate(text_of(path).splitlines(), start=1)
        if pattern.search(line)
    ]


def locked(name: str) -> dict[tuple[str, str], str]:
    """Each requirement of a lock file, by package and version, with its whole entry."""
    entries = re.split(r"^(?=[a-z0-9])", (ROOT / name).read_text(encoding="utf-8"), flags=re.M)
    return {(match[1], match[2]): entry for entry in entries if (match := re.match(r"([\w.-]+)==(\S+)", entry))}


def documents() -> list[Path]:
    return [path for path in repository_files() if path.suffix == ".md"]


def python_blocks() -> Iterator[pytest.param]:
    for path in documents():
        text = path.read_text(encoding="utf-8")
        for match in re.finditer(r"^```python\n(.*?)^```", text, flags=re.M | re.S):
            line = text.count("\n", 0, match.start()) + 2
            name = f"{path.relative_to(ROOT)}:{line}"
            yield pytest.param("\n" * (line - 1) + match[1], name, id=name)


def test_no_file_names_a_path_of_some_machine():
    assert found(MACHINE_PATH) == []


def test_no_file_points_outside_the_repository():
    lost = [
        f"{path.relative_to(ROOT)}: {target}"
        for path in repository_files()
        if "tests" not in path.relative_to(ROOT).parts
        for target in UPWARD_PATH.findall(text_of(path))
        if not (path.parent / target.rstrip(".")).resolve().is_relative_to(ROOT) or not (path.parent / target).exists()
    ]
    assert lost == []


def test_no_file_names_a_package_registry():
    assert found(REGISTRY) == []


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_file_names_no_host_and_has_a_digest_for_every_package(name):
    requirements = locked(name)
    assert requirements
    assert "://" not in (ROOT / name).read_text(encoding="utf-8")
    assert [package for package, entry in requirements.items() if "--hash=sha256:" not in entry] == []


def test_what_runs_is_what_was_tested():
    runs, tested = (set(locked(name)) for name in LOCKS)
    assert runs <= tested


def test_every_dependency_is_locked():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    names = {re.split(r"[<>=!~\[; ]", item)[0].lower() for item in project["project"]["dependencies"]}
    assert names <= {package for package, _ in locked("requirements.lock")}


def test_no_module_is_longer_than_one_subject_needs():
    modules = [path for path in (ROOT / "src").rglob("*.py") if "migrations" not in path.parts]
    long = {str(path.relative_to(ROOT)): n for path in modules if (n := len(text_of(path).splitlines())) > MOST_LINES}
    assert long == {}


def test_every_link_between_documents_leads_somewhere():
    broken = [
        f"{path.relative_to(ROOT)}: {target}"
        for path in documents()
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8"))
        if not (path.parent / target).exists()
    ]
    assert broken == []


@pytest.mark.parametrize(("code", "name"), list(python_blocks()))
def test_the_python_in_the_documents_runs(code, name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    exec(compile(code, name, "exec"), {"__name__": "__main__"})
