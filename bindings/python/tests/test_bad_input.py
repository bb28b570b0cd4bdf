"""Input that nobody can use: one clear error with file, line and column, and what is beside it is still read."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import time
from pathlib import Path

import kubelogic
import pytest
from kubelogic import Cluster
from kubelogic.errors import ReadError

POD = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n"

BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)
HELM = """apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Release.Name }}-config
"""


@pytest.mark.parametrize(
    ("given", "code", "line", "column"),
    [
        (b"\x7fELF\x02\x01\x01\0\0", "read/binary-input", 1, 1),
        (b"PK\x03\x04\x14\0\0\0", "read/binary-input", 1, 1),
        ("kind: Pod\n  name: a\n", "read/syntax", None, None),
        ("kind: Pod\n\tname: a\n", "read/syntax", None, None),
        (POD + "spec: {a: [1, 2\n", "read/syntax", None, None),
        ('{"kind": "Pod"', "read/syntax", None, None),
        (BOMB, "read/alias-expansion", None, None),
        ("[" * 100_000, "read/too-deep", 1, None),
        ('{"a":' * 100_000, "read/too-deep", 1, None),
        ("a: " + "{a: " * 100_000, "read/too-deep", 1, None),
        (HELM, "read/template", 4, 9),
        ("just a text\n", "read/not-an-object", 1, 1),
        ("- a\n- b\n", "read/not-an-object", 1, 1),
        ("a: *nobody\n", "read/alias", 1, 4),
    ],
)
def test_one_clear_error(given: str | bytes, code: str, line: int | None, column: int | None) -> None:
    started = time.monotonic()
    with pytest.raises(ReadError) as caught:
        Cluster(given, source="given.yaml")
    error = caught.value
    assert (error.code, error.source) == (code, "given.yaml")
    assert error.line is not None and error.column is not None
    assert line in (None, error.line) and column in (None, error.column)
    assert str(error).startswith(f"given.yaml:{error.line}:{error.column}: ")
    assert time.monotonic() - started < 20


def test_a_template_is_explained() -> None:
    with pytest.raises(ReadError) as caught:
        Cluster(HELM)
    assert caught.value.help is not None and "helm template" in caught.value.help


def test_broken_utf_8_is_read_as_kubectl_reads_it() -> None:
    cluster = Cluster(POD.encode() + b"spec: {nodeName: 'a\xffb'}\n")
    assert [finding.code for finding in cluster.findings] == ["read/invalid-utf-8"]
    assert next(iter(cluster)).get("spec.nodeName") == "a\ufffdb"
    assert cluster.findings[0].location is not None and cluster.findings[0].location.line == 4


@pytest.mark.parametrize("given", ["", b"", " \n", "---\n---\n", "# nothing\n", "null\n", b"\xef\xbb\xbf"])
def test_nothing_is_no_objects(given: str | bytes) -> None:
    assert len(Cluster(given)) == 0
    assert kubelogic.read(given).errors == ()


def test_a_document_of_200_mb() -> None:
    """A program of its own, for its memory is measured: the error comes before the document is taken apart."""
    program = """
import resource, sys
import kubelogic
text = "kind: ConfigMap\\napiVersion: v1\\nmetadata: {name: a}\\ndata:\\n" + "  key: value value value value\\n" * (200 * 1024 * 1024 // 31)
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    kubelogic.Cluster(text)
except kubelogic.errors.ReadError as error:
    more = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024
    print(len(text) // 2**20, error.code, error.line is not None, more < 450, more, file=sys.stdout)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=300)
    assert done.stdout.split()[1:4] == ["read/document-too-large", "True", "True"], done.stdout
    assert int(done.stdout.split()[0]) >= 199


def test_a_large_list_is_no_large_document() -> None:
    item = '{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "n%d"}, "data": {"x": "' + "x" * 10_000 + '"}}'
    text = '{"apiVersion": "v1", "kind": "List", "items": [' + ",".join(item % number for number in range(2_000)) + "]}"
    assert len(text) > 20_000_000
    assert len(Cluster(text)) == 2_000


def test_paths(tmp_path: Path) -> None:
    with pytest.raises(ReadError) as caught:
        Cluster.from_path(tmp_path / "missing.yaml")
    assert caught.value.code == "read/file" and caught.value.source == str(tmp_path / "missing.yaml")
    good, bad = tmp_path / "good.yaml", tmp_path / "bad.yaml"
    good.write_text(POD)
    bad.write_text("kind: [\n")
    with pytest.raises(ReadError) as caught:
        Cluster(tmp_path)
    assert (caught.value.source, caught.value.line) == (str(bad), 2)
    reading = kubelogic.read(tmp_path)
    assert [thing.name for thing in reading.objects] == ["a"]
    assert len(reading.errors) == 1


@pytest.mark.skipif(os.name == "nt", reason="permissions of folders are another matter there")
def test_an_unreadable_folder(tmp_path: Path) -> None:
    """Run as a user whom permissions bind."""
    closed = tmp_path / "closed"
    closed.mkdir()
    (closed / "pod.yaml").write_text(POD)
    (tmp_path / "pod.yaml").write_text(POD)
    closed.chmod(0)
    # pytest keeps its folders to the user who runs it.
    for folder in [folder for folder in (tmp_path, *tmp_path.parents) if folder.name.startswith(("pytest", "test"))]:
        folder.chmod(folder.stat().st_mode | stat.S_IXOTH | stat.S_IROTH)
    program = (
        "import os, pathlib, sys, kubelogic\n"
        "if os.getuid() == 0: os.setgroups([]), os.setgid(65534), os.setuid(65534)\n"
        "found = kubelogic.read(pathlib.Path(sys.argv[1]))\n"
        "print(len(found.objects), [(one.code, one.location.source) for one in found.errors])"
    )
    try:
        done = subprocess.run(
            [sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, check=False
        )
    finally:
        closed.chmod(0o700)
    assert done.stdout.strip() == f"1 [('read/file', '{closed}')]", done.stderr
