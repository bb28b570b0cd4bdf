"""Examples in the documentation of the package run and give what they say."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import kubelogic
import pytest

MODULES = [
    importlib.import_module(f"kubelogic.{module.name}")
    for module in pkgutil.iter_modules(kubelogic.__path__)
    if module.name not in ("_native", "__main__", "pytest_plugin")
]
EXAMPLES = {
    test.name: test
    for module in (kubelogic, *MODULES)
    for test in doctest.DocTestFinder(exclude_empty=True).find(module)
    if test.examples
}


def test_there_are_examples() -> None:
    assert {"kubelogic.meta.LabelSelector", "kubelogic.meta.name_problems", "kubelogic.kubeconfig.load"} <= set(EXAMPLES)


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_the_example(name: str) -> None:
    words: list[str] = []
    doctest.DocTestRunner(verbose=False).run(EXAMPLES[name], out=words.append)
    assert not words, "".join(words)
