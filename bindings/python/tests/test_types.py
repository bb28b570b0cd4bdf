"""The types that users see, and the files that are generated."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PACKAGE = Path(__file__).parents[1]


def run(*command: str) -> None:
    done = subprocess.run([sys.executable, *command], cwd=PACKAGE, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_program_of_a_user() -> None:
    run("tests/usage.py")


def test_the_types_of_the_package_and_of_a_program_that_uses_it() -> None:
    run("-m", "mypy", "--strict", "python/kubelogic", "tests/usage.py")


def test_the_types_of_the_tests_and_tools() -> None:
    run("-m", "mypy", "tests", "tools")


def test_the_stub_is_what_the_native_half_has() -> None:
    # The slots of reflected operators are there whether a class has them or not.
    allowed = str(PACKAGE / "tests/stub-allowlist.txt")
    run("-m", "mypy.stubtest", "kubelogic._native", "--concise", "--allowlist", allowed)


def test_generated_files_are_what_they_should_be() -> None:
    run("tools/generate.py", "--check")
