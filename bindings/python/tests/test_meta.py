"""Values that objects hold as text."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import pytest
from kubelogic.errors import QueryError
from kubelogic.meta import Quantity


def test_quantities_are_worth_something() -> None:
    assert Quantity("1Gi") == Quantity("1024Mi") != Quantity("1G")
    assert Quantity("1Gi") > Quantity("1G") >= Quantity(1_000_000_000)
    assert len({Quantity("1"), Quantity("1000m"), Quantity(1), Quantity(1.0)}) == 1
    assert (Quantity("1.5").canonical, str(Quantity("1.5")), Quantity("1.5").value) == ("1500m", "1500m", 2)
    assert (Quantity("100m").milli_value, Quantity("1e3").format) == (100, "DecimalExponent")
    assert not Quantity("0") and Quantity("1n")


def test_quantities_are_calculated_with() -> None:
    assert str(Quantity("1Gi") + Quantity("512Mi")) == "1536Mi"
    assert str(Quantity("1") - Quantity("100m")) == "900m"
    assert (str(Quantity("2Mi") * 3), str(-Quantity("5"))) == ("6Mi", "-5")
    assert str(Quantity("1.2m").round_up(-3)) == "2m"


def test_a_copy_is_the_same() -> None:
    for one in (Quantity("1.5Gi"), Quantity("+1"), Quantity("1e3")):
        for again in (pickle.loads(pickle.dumps(one)), copy.deepcopy(one)):
            assert (again, str(again), again.format) == (one, str(one), one.format)


@pytest.mark.parametrize("bad", ["1K", "1e3m", "inf", "", "0x10", float("nan")])
def test_what_is_no_quantity_is_refused(bad: Any) -> None:
    with pytest.raises(QueryError) as raised:
        Quantity(bad)
    assert raised.value.code == "meta/invalid-quantity"


@pytest.mark.parametrize("bad", [True, None, [], b"1"])
def test_other_types_are_refused(bad: Any) -> None:
    with pytest.raises(QueryError, match="a quantity is a text or a number"):
        Quantity(bad)
