"""What several tests need."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return ROOT


@pytest.fixture(scope="session")
def older_client() -> Path:
    """A folder with an older release of the ``kubernetes`` client, which cannot live beside the newest."""
    wanted = Path(__file__).parents[1] / "requirements-older-client.txt"
    folder = ROOT / "target/python/older-client" / f"{sys.version_info.major}.{sys.version_info.minor}"
    stamp = folder / "requirements.stamp"
    if not stamp.is_file() or stamp.read_text() != wanted.read_text():
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
        subprocess.run([*pip, "--upgrade", "--target", str(folder), "--requirement", str(wanted)], check=True)
        stamp.write_text(wanted.read_text())
    return folder
