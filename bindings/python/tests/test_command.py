"""The command, as ``python -m kubelogic`` and as the script that the package installs."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import sysconfig
import time
from pathlib import Path

import pytest

SHOP = str(Path(__file__).parents[3] / "examples/shop")
SCRIPT = str(Path(sysconfig.get_path("scripts")) / ("kubelogic.exe" if os.name == "nt" else "kubelogic"))
CI = ["--as", "system:serviceaccount:shop:ci", "-n", "shop", "-f", SHOP]


@pytest.mark.parametrize("command", [[sys.executable, "-m", "kubelogic"], [SCRIPT]], ids=["module", "script"])
def test_answers_and_exit_codes(command: list[str]) -> None:
    def run(*arguments: str, given: str = "") -> tuple[int, str]:
        done = subprocess.run([*command, *arguments], input=given, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout.strip()

    assert run("can-i", "patch", "deployments.apps", *CI) == (0, "yes")
    assert run("can-i", "delete", "deployments.apps", *CI) == (1, "no")
    assert run("can-i", "get", "pods", "-f", SHOP)[0] == 2
    assert run("no-such-command")[0] == 2
    assert run("check", "-", given="kind: [\n")[0] != 0
    assert run("--version")[1].startswith("kubelogic ")


@pytest.mark.skipif(os.name == "nt", reason="there are no such signals")
def test_ctrl_c_ends_it() -> None:
    process = subprocess.Popen([sys.executable, "-m", "kubelogic", "check", "-"], stdin=subprocess.PIPE)
    time.sleep(2)
    assert process.poll() is None
    process.send_signal(signal.SIGINT)
    assert process.wait(10) == -signal.SIGINT
    assert process.stdin is not None
    process.stdin.close()
