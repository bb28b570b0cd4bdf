"""kubeconfig files: which server, as whom, and why."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from kubelogic import kubeconfig
from kubelogic.errors import QueryError

SHOP = """\
apiVersion: v1
kind: Config
current-context: shop
contexts:
- {name: shop, context: {cluster: shop, user: ann, namespace: web}}
clusters:
- {name: shop, cluster: {server: "https://shop.example"}}
users:
- {name: ann, user: {token: canary-secret}}
"""
BANK = {
    "current-context": "bank",
    "clusters": [{"name": "shop", "cluster": {"server": "https://other.example"}}],
    "users": [{"name": "bo", "user": {}}],
}


def test_text_bytes_dicts_and_paths_say_the_same(tmp_path: Path) -> None:
    path = tmp_path / "config"
    path.write_text(SHOP)
    written = kubeconfig.load(SHOP, raw=True).result.config
    assert written is not None and written["users"][0]["user"] == {"token": "canary-secret"}
    for same in (SHOP.encode(), path, json.loads(json.dumps(written))):
        assert kubeconfig.load(same, raw=True).result.config == written
        resolved = kubeconfig.resolve(same).result
        assert resolved.connection is not None and resolved.connection.server == "https://shop.example"
        assert (resolved.user, resolved.namespace) == ("ann", "web")


def test_the_first_file_wins_and_says_what_it_hides() -> None:
    found = kubeconfig.load(SHOP, BANK).result
    assert found.config is not None and found.config["current-context"] == "shop"
    [cluster] = [entry for entry in found.entries if entry.section == "clusters"]
    assert cluster.location is not None and (cluster.location.source, cluster.location.line) == ("kubeconfig", 7)
    assert [place.source for place in cluster.shadows] == ["kubeconfig-2"]
    assert {entry.name for entry in found.entries if entry.section == "users"} == {"ann", "bo"}


def test_flags_win_and_why_says_so() -> None:
    found = kubeconfig.resolve(SHOP, overrides={"server": "https://flag.example", "as_": "bo", "as_groups": ["ops"]}).result
    assert found.connection is not None and found.connection.server == "https://flag.example"
    assert (found.connection.as_, found.connection.as_groups) == ("bo", ("ops",))
    sources = {why.field: why.source for why in found.why}
    assert (sources["cluster.server"], sources["context.namespace"]) == ("flag", "file")
    lines = {why.field: why.location.line for why in found.why if why.location is not None}
    assert lines["context.namespace"] == 5


def test_what_the_environment_names_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".kube").mkdir()
    (tmp_path / ".kube/config").write_text(SHOP)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("KUBECONFIG", raising=False)
    assert kubeconfig.resolve().result.user == "ann"
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bank").write_text("current-context: bank")
    monkeypatch.setenv("KUBECONFIG", "missing:bank:.kube/config")
    found = kubeconfig.load().result
    assert found.config is not None and found.config["current-context"] == "bank"
    assert kubeconfig.load(kubeconfig="bank:.kube/config").result.config == found.config
    assert kubeconfig.load(explicit=Path("missing")).result.error == "stat missing: no such file or directory"


def test_files_of_a_program_are_all_there_is(tmp_path: Path) -> None:
    path = tmp_path / "config"
    path.write_text(SHOP)
    assert kubeconfig.load(kubeconfig=str(path)).result.failed is False
    found = kubeconfig.load(kubeconfig=f"{path}:/b", files={"/b": "current-context: b"}).result
    assert found.config is not None and (found.config["current-context"], found.config["clusters"]) == ("b", None)


def test_certificates_are_looked_for_beside_the_file(tmp_path: Path) -> None:
    text = SHOP.replace("{server:", "{certificate-authority: ca.crt, server:")
    path = tmp_path / "config"
    path.write_text(text)
    missing = kubeconfig.resolve(path).result
    assert missing.failed and missing.error is not None
    assert f"unable to read certificate-authority {tmp_path / 'ca.crt'} for shop" in missing.error
    (tmp_path / "ca.crt").write_text("x")
    found = kubeconfig.resolve(path).result
    assert found.connection is not None and found.connection.certificate_authority == str(tmp_path / "ca.crt")
    assert kubeconfig.resolve(text, working_directory=tmp_path).result.connection == found.connection


def test_secrets_stay_secret() -> None:
    for answer in (kubeconfig.load(SHOP), kubeconfig.resolve(SHOP)):
        assert "canary-secret" not in repr(answer) + json.dumps(answer.to_dict())
    broken = kubeconfig.load(SHOP + "- {name: ann, user: {token: canary-secret}}\n").result
    assert "canary-secret" not in json.dumps(broken.to_dict())


def test_a_file_that_cannot_be_used_says_where() -> None:
    found = kubeconfig.load("clusters:\n- name: [").result
    assert found.failed and [problem.code for problem in found.problems] == ["read/syntax"]
    place = found.problems[0].location
    assert place is not None and (place.source, place.line) == ("kubeconfig", 2)
    wrong = kubeconfig.load("clusters:\n- {name: yes}").result
    assert wrong.error is not None and "cannot unmarshal bool into Go struct field NamedCluster.clusters.name" in wrong.error
    assert wrong.problems[0].location is not None and wrong.problems[0].location.line == 2


def test_a_question_that_makes_no_sense_is_an_error() -> None:
    for wrong in (5, None, ["a"]):
        with pytest.raises(QueryError) as raised:
            kubeconfig.load(wrong)  # type: ignore[arg-type]
        assert raised.value.code == "query/wrong-argument"
    with pytest.raises(QueryError, match="UTF-8"):
        kubeconfig.load(b"\xff")
    with pytest.raises(QueryError, match="or name files by `explicit`"):
        kubeconfig.load(SHOP, explicit="a")
    with pytest.raises(QueryError, match="colons"):
        kubeconfig.load(Path("a:b"))
    with pytest.raises(QueryError, match="no absolute path"):
        kubeconfig.load(files={"a": ""})
    with pytest.raises(QueryError, match="contxt"):
        kubeconfig.resolve(SHOP, overrides={"contxt": "a"})  # type: ignore[arg-type]
