"""What is wrong with manifests, and what can be done about it."""

from __future__ import annotations

import json
from pathlib import Path

import kubelogic
import pytest
from kubelogic.errors import QueryError

POD = """\
apiVersion: v1
kind: Pod
metadata: {name: a}
spec:
  containers:
  - name: c
    imagePullpolicy: Never   # as it was
"""


def test_everything_that_is_wrong_is_found(tmp_path: Path) -> None:
    (tmp_path / "pod.yaml").write_text(POD)
    (tmp_path / "bad.yaml").write_text("kind: [")
    found = kubelogic.check(tmp_path).result
    assert [one.code for one in found.findings] == ["read/syntax", "schema/unknown-field"]
    assert found.findings[1].location and found.findings[1].location.line == 7
    assert [one.code for one in kubelogic.check(tmp_path, select=["schema"]).result.findings] == ["schema/unknown-field"]
    assert kubelogic.check(POD, field_validation="ignore").result.findings == ()
    with pytest.raises(QueryError):
        kubelogic.check(POD, ignore=["schema/unknown-feild"])


def test_comments_hold_findings_back() -> None:
    quiet = POD.replace("# as it was", "# kubelogic: ignore schema/unknown-field -- known")
    held = kubelogic.check(quiet, source="pod.yaml").result
    assert (held.findings, len(held.suppressed)) == ((), 1)
    assert len(kubelogic.check(quiet, suppressions=False).result.findings) == 1


def test_findings_are_written_for_people_and_programs() -> None:
    findings = kubelogic.check(POD, source="pod.yaml").result.findings
    text = kubelogic.render_findings(findings, manifests={"pod.yaml": POD})
    assert "pod.yaml:7:5" in text and "imagePullpolicy: Never" in text
    sarif = json.loads(kubelogic.render_findings(findings, "sarif"))
    assert sarif["runs"][0]["results"][0]["ruleId"] == "schema/unknown-field"
    assert kubelogic.render_findings(findings, "github").startswith("::error file=pod.yaml,line=7")
    assert "<failure" in kubelogic.render_findings(findings, "junit")


def test_what_is_certain_is_mended() -> None:
    mended = kubelogic.fix({"pod.yaml": POD}).result
    assert mended.manifests[0].text == POD.replace("imagePullpolicy", "imagePullPolicy")
    assert mended.findings == ()


def test_codes_are_explained() -> None:
    code = kubelogic.explain_code("schema/unknown-field").result.codes[0]
    assert code.code == "schema/unknown-field"
    assert len(kubelogic.explain_code().result.codes) > 80
    with pytest.raises(QueryError, match="schema/unknown-feild"):
        kubelogic.explain_code("schema/unknown-feild")
