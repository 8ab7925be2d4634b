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
        (["Sara"], ["Sarah"]),
        (["José"], ["Jose"]),
        (["Micheal"], ["Michael"]),
        (["Elisabeth"], ["Elizabeth"]),
        (["Bryan"], ["Brian"]),
        (["Phillip"], ["Philip"]),
        (["Johnathan"], ["Jonathan"]),
        (["Martha"], ["Marta"]),
        (["J.", "Michael"], ["Michael"]),
        (["Maria", "Sofia"], ["Maria", "Elena"]),
    ],
)
def test_given_names_of_one_person(said, known):
    assert names.one_given(said, known)


@pytest.mark.parametrize(
    ("said", "known"),
    [
        (["Anna"], ["Brigitte"]),
        (["Evan"], ["Marcus"]),
        (["Tim"], ["Tom"]),
        (["Jo"], ["Ruth"]),
        (["Marta"], ["Maria"]),
        (["Mario"], ["Maria"]),
        (["Alexander"], ["Alexandra"]),
        (["Daniel"], ["Daniela"]),
        (["Paul"], ["Paula"]),
        (["Michael"], ["Michelle"]),
        (["Francis"], ["Frances"]),
        (["John"], ["Jonathan"]),
        (["Jordan"], ["Jayden"]),
        (["Clara"], ["Carla"]),
        (["Marta", "Elena"], ["Maria", "Elena"]),
        (["Marta", "M."], ["Maria", "Elena"]),
    ],
)
def test_given_names_of_two(said, known):
    assert not names.one_given(said, known)


@pytest.mark.parametrize(
    ("said", "known", "one"),
    [
        (["Reed Sr."], ["Reed", "Jr"], False),
        (["Reed, Senior"], ["Reed", "III"], False),
        (["Reed Jr"], ["Reed", "II"], True),
        (["Reed Jr"], ["Reed"], True),
        (["Reed"], ["Reed", "Sr"], True),
    ],
)
def test_junior_and_senior(said, known, one):
    assert names.one_generation(said, known) is one
