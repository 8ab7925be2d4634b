"""Two names, one person? Pure comparison, both ways."""

import pytest

from nodes.fhir import names


@pytest.mark.parametrize(
    ("said", "known"),
    [
        ("Lopez", ["LÓPEZ"]),
        ("Smith-Jones", ["Smith Jones"]),
        ("Smith", ["Smith-Jones"]),
        ("Garcia Lopez", ["García"]),
        ("O'Brien", ["OBrien"]),
        ("Mueller", ["Müller"]),
        ("de la Cruz", ["Delacruz"]),
        ("Cruz", ["de la Cruz"]),
        ("Reed Jr.", ["Reed"]),
        ("Reed", ["Vega", "Reed"]),
        ("St. John", ["St John"]),
    ],
)
def test_one_family(said, known):
    assert names.one_family(said, known)


@pytest.mark.parametrize(
    ("said", "known"),
    [
        ("Reed", ["Reid"]),
        ("Lopez", ["Lopes"]),
        ("de la Cruz", ["de la Torre"]),
        ("Smith", ["Smithson"]),
        ("Jr.", ["Reed"]),
        ("La", ["de la Cruz"]),
        ("Lopez", []),
    ],
)
def test_two_families(said, known):
    assert not names.one_family(said, known)


@pytest.mark.parametrize(
    ("said", "known"),
    [
        (["Bill"], ["William"]),
        (["Peggy"], ["Margaret"]),
        (["M."], ["Maria"]),
        (["Ann", "Mary"], ["Mary", "Ann"]),
        (["Elena"], ["Maria", "Elena"]),
        (["Alex"], ["Alexandra"]),
        (["Jon"], ["John"]),
        (["Jean-Luc"], ["Jean Luc"]),
        (["Catherine"], ["Katherine"]),
        (["Maria"], []),
    ],
)
def test_given_names_of_one_person(said, known):
    assert names.one_given(said, known)


@pytest.mark.parametrize(
    ("said", "known"),
    [(["Anna"], ["Brigitte"]), (["Evan"], ["Marcus"]), (["Tim"], ["Tom"]), (["Jo"], ["Ruth"])],
)
def test_given_names_of_two(said, known):
    assert not names.one_given(said, known)
