"""What is wrong with manifests: checking, formats for people and CI, what codes mean, mending."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal, TypeAlias

from . import _native
from ._inputs import Inputs, parts
from ._questions import answered
from ._results import read_answer
from .answers import Answer, CheckResult, ExplainedCodes, Finding, FixResult

__all__ = ["FindingFormat", "check", "explain_code", "fix", "render_findings"]

#: What findings can be written as.
FindingFormat: TypeAlias = Literal["text", "json", "ndjson", "sarif", "junit", "github"]


def check(
    *inputs: Inputs,
    source: str | None = None,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    suppressions: bool = True,
    baseline: Mapping[str, Any] | None = None,
    kube_version: str | None = None,
    field_validation: Literal["strict", "warn", "ignore"] | None = None,
    default_namespace: str | None = None,
) -> Answer[CheckResult]:
    """Everything that is wrong with inputs, which are those of :class:`~kubelogic.Cluster`.

    It raises nothing for what cannot be read: that is a finding like the others.

    :param select: only these codes, or codes of these rooms, such as ``schema``
    :param ignore: not these
    :param suppressions: whether comments such as ``# kubelogic: ignore CODE -- reason`` are heard
    :param baseline: as ``check --write-baseline`` writes it: what it knows is not reported
    """
    load = {"fieldValidation": field_validation, "defaultNamespace": default_namespace}
    question = {
        "ask": "objects.check",
        "select": list(select),
        "ignore": list(ignore),
        "suppressions": suppressions,
        "load": {key: value for key, value in load.items() if value is not None},
    }
    if baseline is not None:
        question["baseline"] = dict(baseline)
    if kube_version is not None:
        question["kubeVersion"] = kube_version
    data = json.loads(_native.check(parts(inputs, source), kube_version, json.dumps(question)))
    answer: Answer[CheckResult] = read_answer(Answer, CheckResult.from_dict, data)
    return answer


def render_findings(
    findings: Iterable[Finding],
    format: FindingFormat = "text",
    *,
    manifests: Mapping[str, str] | None = None,
    fail_on: Literal["error", "warning", "note", "never"] = "error",
) -> str:
    """Findings as one text.

    :param manifests: the texts that the findings are about, by the name of their source: formats that show lines
        need them
    :param fail_on: from which severity on a finding is a failure
    """
    texts = [{"source": source, "text": text} for source, text in (manifests or {}).items()]
    given = [finding.to_dict() for finding in findings]
    answer = answered("report.render", findings=given, format=format, manifests=texts, failOn=fail_on)
    text: str = answer.result.text
    return text


def explain_code(code: str | None = None) -> Answer[ExplainedCodes]:
    """What a code of a finding or an error means; every code when none is given."""
    return answered("report.explain", code=code)


def fix(manifests: Mapping[str, str], *, select: Sequence[str] = (), ignore: Sequence[str] = ()) -> Answer[FixResult]:
    """Mends what can be mended for certain, and leaves every other byte as it is.

    :param manifests: texts by the name of their source
    :param select: only these codes, or codes of these rooms
    :param ignore: not these
    """
    texts = [{"source": source, "text": text} for source, text in manifests.items()]
    return answered("report.fix", manifests=texts, select=list(select), ignore=list(ignore))
