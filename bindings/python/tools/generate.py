"""Writes the generated files anew: ``_native.pyi`` by maturin, and ``answers.py`` from the catalogue's schema.

With ``--check`` it writes nothing and fails when a file is not what it would write. The package has to be installed
(``maturin develop``) and cargo to be there.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import result_types
from kubelogic import _native

PACKAGE = Path(__file__).parents[1]


def stubs() -> str:
    """The stub of the native half, as maturin writes it."""
    with tempfile.TemporaryDirectory() as folder:
        task = ["maturin", "generate-stubs", "--quiet", "--profile", "dev", "--features", "stubs", "--out", folder]
        subprocess.run(task, cwd=PACKAGE, check=True)
        return (Path(folder) / "kubelogic/_native.pyi").read_text(encoding="utf-8")


def main() -> None:
    """Writes or compares."""
    wanted = {"_native.pyi": stubs(), "answers.py": result_types.module(json.loads(_native.schema()))}
    for name, text in wanted.items():
        file = PACKAGE / "python/kubelogic" / name
        if "--check" not in sys.argv[1:]:
            file.write_text(text, encoding="utf-8")
        elif file.read_text(encoding="utf-8") != text:
            raise SystemExit(f"{name} is not what it should be: run tools/generate.py")


if __name__ == "__main__":
    main()
