"""The plug-in for pytest, as pytest runs it in a process of its own."""

from __future__ import annotations

import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

ACCESS = """\
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: viewers}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
subjects: [{kind: User, name: ann, apiGroup: rbac.authorization.k8s.io}]
"""
HEAD = "apiVersion: kubelogic/v1alpha1\nkind: Expectations\naccess:\n"
LINES = """\
- user:ann can get pods in shop
- user:ann can delete pods in shop
- node:a can get secrets/x in shop
- user:ann can gett pods in shop
- user:anm cannot get pods in shop
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A repository with manifests, expectations, and a test of its own."""
    (tmp_path / "manifests").mkdir()
    (tmp_path / "tests").mkdir()
    (tmp_path / "manifests/access.yaml").write_text(ACCESS)
    (tmp_path / "manifests/expectations.yaml").write_text(HEAD + LINES)
    (tmp_path / "tests/test_own.py").write_text("def test_own() -> None: pass\n")
    (tmp_path / "pytest.ini").write_text("[pytest]\ntestpaths = tests\nkubelogic_paths = manifests\n")
    return tmp_path


def run(folder: Path, *arguments: str) -> tuple[int, dict[str, str], str]:
    """The exit code, what became of each test, and what was printed."""
    report = folder / "report.xml"
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", f"--junit-xml={report}", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    outcomes = {}
    for case in ElementTree.parse(report).iter("testcase") if report.exists() else ():
        trouble = [child for child in case if child.tag in ("failure", "error")]
        outcomes[case.attrib["name"]] = (trouble[0].text or "") if trouble else ""
    report.unlink(missing_ok=True)
    return done.returncode, outcomes, done.stdout + done.stderr


def test_every_line_is_a_test(project: Path) -> None:
    code, outcomes, printed = run(project)
    assert code == 1, printed
    assert list(outcomes) == ["test_own", *(line[2:] for line in LINES.splitlines())]
    assert outcomes["test_own"] == outcomes["user:ann can get pods in shop"] == ""
    assert "3 failed, 3 passed, 1 warning in" in printed

    failed = outcomes["user:ann can delete pods in shop"]
    assert "expectations.yaml:5:3: error[expect/failed]: nothing allows `user:ann` to delete `pods` in `shop`" in failed
    assert "  help: " in failed
    assert "Traceback" not in failed
    undecided = outcomes["node:a can get secrets/x in shop"]
    assert "error[expect/undecided]: undecided whether `node:a` can get `secrets/x` in `shop`" in undecided
    malformed = outcomes["user:ann can gett pods in shop"]
    assert "expectations.yaml:7:16: error[expect/bad-line]: `gett` is no verb" in malformed
    assert "did you mean `get`?" in malformed
    # A line that holds, perhaps because of a slip, is warned about.
    assert outcomes["user:anm cannot get pods in shop"] == ""
    assert "KubelogicWarning" in printed and "no binding names user `anm`" in printed


def test_only_what_is_asked_for_runs(project: Path) -> None:
    code, outcomes, _ = run(project, "tests/test_own.py")
    assert (code, list(outcomes)) == (0, ["test_own"])
    code, outcomes, _ = run(project, "manifests", "-k", "can and get and pods and shop and not gett and not anm")
    assert (code, list(outcomes)) == (0, ["user:ann can get pods in shop"])
    code, outcomes, _ = run(project, "manifests/expectations.yaml::user:ann can get pods in shop")
    assert (code, list(outcomes)) == (0, ["user:ann can get pods in shop"])


def test_paths_can_be_named_on_the_command_line(project: Path) -> None:
    (project / "pytest.ini").write_text("[pytest]\ntestpaths = tests\n")
    code, outcomes, _ = run(project)
    assert (code, list(outcomes)) == (0, ["test_own"])
    code, outcomes, _ = run(project, "--kubelogic", "manifests")
    assert (code, len(outcomes)) == (1, 6)
    # Together with a named test both run.
    code, outcomes, _ = run(project, "--kubelogic", "manifests", "tests/test_own.py")
    assert (code, len(outcomes)) == (1, 6)


def test_what_is_wrong_with_a_file_is_a_test_that_fails(project: Path) -> None:
    text = HEAD.replace("access", "acess") + "- user:ann can get pods in shop\n"
    (project / "manifests/expectations.yaml").write_text(text)
    code, outcomes, printed = run(project)
    assert code == 1, printed
    assert "unknown field `acess`, did you mean `access`?" in outcomes["unknown field `acess`, did you mean `access`?"]


@pytest.mark.parametrize(
    ("manifest", "message"),
    [
        ("kind: [\n", "read/syntax"),
        (ACCESS.replace("name: view}", "name: other}"), "is given twice with different contents"),
    ],
)
def test_manifests_that_cannot_be_used_are_an_error(project: Path, manifest: str, message: str) -> None:
    (project / "manifests/more.yaml").write_text(manifest)
    code, _, printed = run(project)
    assert code == 2
    assert message in printed
    assert printed.count(message) <= 2


def test_nothing_to_expect_is_an_error(project: Path) -> None:
    (project / "manifests/expectations.yaml").unlink()
    code, _, printed = run(project)
    assert code == 2
    assert "there are no expectations in " in printed


def test_without_configuration_nothing_is_read(project: Path) -> None:
    (project / "pytest.ini").write_text("[pytest]\n")
    code, outcomes, _ = run(project, ".")
    assert (code, list(outcomes)) == (0, ["test_own"])
