"""Expectations as tests: one test per line of the objects of kind ``Expectations``.

Say where the manifests are, with ``kubelogic_paths`` in the configuration or ``--kubelogic PATH`` on the command line::

    [tool.pytest.ini_options]
    kubelogic_paths = ["manifests"]

Everything below these paths is one cluster. A line that does not hold, is undecided or cannot be read is a test that
fails, and its report says why and where.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from .answers import Expected, ExpectedLine, Finding, Location
from .cluster import Cluster
from .errors import KubeError

__all__ = ["KubelogicWarning"]


class KubelogicWarning(pytest.PytestWarning):
    """Something about an expectation that holds, perhaps for the wrong reason."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Where manifests and expectations are."""
    about = "file or folder with manifests and expectations, as one cluster with all others; may be repeated"
    parser.getgroup("kubelogic").addoption(
        "--kubelogic", action="append", default=[], metavar="PATH", dest="kubelogic", help=about
    )
    parser.addini("kubelogic_paths", "files and folders with manifests and expectations", type="paths", default=[])


def pytest_configure(config: pytest.Config) -> None:
    """Lets pytest look where the expectations are."""
    given = [Path(path).absolute() for path in config.getoption("kubelogic")]
    configured: list[Path] = config.getini("kubelogic_paths")
    if not given and not configured:
        return
    state = State([*configured, *given])
    config.pluginmanager.register(state, "kubelogic-expectations")
    # Whoever names some tests wants only those, unless the expectations are named as well.
    asked_for = getattr(config, "args_source", None) is pytest.Config.ArgsSource.ARGS
    for path in given if asked_for else state.paths:
        folders = [Path(config.invocation_params.dir, argument.split("::")[0]) for argument in config.args]
        if not any(path.is_relative_to(folder) for folder in folders):
            config.args.append(str(path))


class State:
    """The manifests of a run: read once, when the first file is met."""

    def __init__(self, paths: list[Path]) -> None:
        self.paths = [path.resolve() for path in paths]
        self._expected: Expected | None = None
        self._refused: str | None = None

    def pytest_collect_file(self, file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
        """A collector for a file with expectations."""
        path = file_path.resolve()
        if not any(path.is_relative_to(one) for one in self.paths):
            return None
        if self._expected is None and self._refused is None:
            self._read()
            if self._refused is not None:
                collector: RefusedFile = RefusedFile.from_parent(parent, path=file_path)
                collector.reason = self._refused
                return collector
        tests = [test for test in self._tests() if Path(test.location.source).resolve() == path]
        if not tests:
            return None
        file: ExpectationsFile = ExpectationsFile.from_parent(parent, path=file_path)
        file.tests = tests
        return file

    def _read(self) -> None:
        try:
            expected = Cluster.from_paths(*self.paths).expect().result
        except (KubeError, OSError) as error:
            problems = getattr(error, "problems", ())
            self._refused = "\n".join(str(problem) for problem in problems) or str(error)
            return
        self._expected = expected
        if not expected.lines and not expected.findings:
            places = ", ".join(str(path) for path in self.paths)
            self._refused = f"there are no expectations in {places}"

    def _tests(self) -> Iterator[Test]:
        if self._expected is None:
            return
        of_lines = {_place(line.location) for line in self._expected.lines}
        remarks: dict[Any, list[Finding]] = {}
        for finding in self._expected.findings:
            if finding.location is None:
                continue
            place = _place(finding.location)
            if finding.severity != "error" and place in of_lines:
                remarks.setdefault(place, []).append(finding)
            elif finding.severity == "error":
                yield Test(finding.message, finding.location, finding, [])
        for line in self._expected.lines:
            yield Test(line.text, line.location, line.finding, remarks.get(_place(line.location), []))


class Test:
    """A line of expectations, or something that is wrong with a file of them."""

    __test__ = False

    def __init__(self, name: str, location: Location, finding: Finding | None, remarks: list[Finding]) -> None:
        self.name = name
        self.location = location
        self.finding = finding
        self.remarks = remarks


class ExpectationsFile(pytest.File):
    """A file with expectations."""

    tests: list[Test]

    def collect(self) -> Iterator[pytest.Item]:
        """One test per line."""
        seen: dict[str, int] = {}
        for test in self.tests:
            seen[test.name] = seen.get(test.name, 0) + 1
            name = test.name if seen[test.name] == 1 else f"{test.name} ({seen[test.name]})"
            item: Expectation = Expectation.from_parent(self, name=name)
            item.test = test
            yield item


class RefusedFile(pytest.File):
    """Manifests that cannot be used, so that nothing can be expected of them."""

    reason: str

    def collect(self) -> Iterator[pytest.Item]:
        """Nothing."""
        raise self.CollectError(self.reason)


class Expectation(pytest.Item):
    """A line of expectations."""

    test: Test

    def runtest(self) -> None:
        """Fails when the line does not hold."""
        for remark in self.test.remarks:
            warnings.warn(KubelogicWarning(str(remark)), stacklevel=1)
        if self.test.finding is not None:
            raise DoesNotHold(self.test.finding)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """The finding with its places in place of a traceback."""
        if isinstance(excinfo.value, DoesNotHold):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Where the line is."""
        line = self.test.location.line
        return self.path, None if line is None else line - 1, self.name


class DoesNotHold(Exception):
    """A line that does not hold, with what decided."""

    def __init__(self, finding: Finding) -> None:
        lines = [str(finding)]
        lines += [f"  {related.location}: {related.message}" for related in finding.related]
        if finding.help is not None:
            lines.append(f"  help: {finding.help}")
        super().__init__("\n".join(lines))


def _place(location: Location) -> tuple[str, int, int | None, str]:
    return location.source, location.document, location.item, location.path
