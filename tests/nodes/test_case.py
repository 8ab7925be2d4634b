"""The case's own rules."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from nodes.case import npi
from nodes.reference import Reference


@given(st.text(alphabet="0123456789", min_size=9, max_size=9))
def test_exactly_one_check_digit_of_an_npi_is_right(first_nine):
    right = []
    for last in "0123456789":
        try:
            right.append(npi(first_nine + last))
        except ValueError as error:
            assert first_nine not in str(error)
    assert len(right) == 1


@pytest.mark.parametrize("number", ["1234567893", "1245319599"])
def test_published_examples_of_npis_pass(number):
    assert npi(number) == number


@pytest.mark.parametrize("number", ["", "123456789", "12345678901", "123456789x", "١٢٣٤٥٦٧٨٩٣"])
def test_what_is_no_npi_is_refused(number):
    with pytest.raises(ValueError, match="ten digits"):
        npi(number)


@pytest.mark.parametrize("name", ["Observation/7", "Observation/7#component-2", "Document/7#1-20"])
def test_a_reference_names_a_resource_a_component_or_a_place(name):
    assert TypeAdapter(Reference).validate_python(name) == name


@pytest.mark.parametrize(
    "name", ["7", "Observation/7#component", "Observation/7#2", "x/7", "X/a/b"]
)
def test_what_is_no_reference_is_refused(name):
    with pytest.raises(ValidationError):
        TypeAdapter(Reference).validate_python(name)
