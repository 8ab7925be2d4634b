"""The audit chain: what it shows and what it cannot hide."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nodes.audit import AuditEntry, canonical, faults, seal, sha256


def chain(length):
    entries, previous = [], None
    for number in range(length):
        entry = seal(
            {
                "node": f"node-{number}",
                "version": "1",
                "at": datetime(2026, 11, 20, 9, number, tzinfo=UTC),
                "actor": "service:n8n",
                "request_sha256": sha256(b"q%d" % number),
                "response_sha256": sha256(b"a%d" % number),
                "used": (),
                "duration_us": number,
                "previous": previous,
            }
        )
        previous = entry.sha256
        entries.append(entry)
    return entries


def test_an_untouched_chain_is_clean():
    entries = chain(5)
    assert faults(entries, head=entries[-1].sha256) == []


def test_a_chain_survives_json():
    entries = [AuditEntry.model_validate_json(e.model_dump_json()) for e in chain(5)]
    assert faults(entries) == []


@pytest.mark.parametrize(
    "change",
    [
        {"node": "other"},
        {"actor": None},
        {"at": datetime(2026, 11, 21, tzinfo=UTC)},
        {"duration_us": 99},
        {"request_sha256": sha256(b"x")},
        {"previous": sha256(b"x")},
    ],
)
@given(place=st.integers(0, 4))
def test_any_edit_is_found(change, place):
    entries = chain(5)
    entries[place] = entries[place].model_copy(update=change)
    assert faults(entries)


@given(st.permutations(range(5)))
def test_any_reorder_is_found(order):
    entries = chain(5)
    moved = [entries[place] for place in order]
    assert bool(faults(moved)) == (list(order) != list(range(5)))


@given(st.integers(0, 4))
def test_any_deletion_is_found(place):
    entries = chain(5)
    head = entries[-1].sha256
    del entries[place]
    assert faults(entries, head=head)


def test_an_entry_resealed_by_a_forger_breaks_the_next():
    entries = chain(5)
    fields = {
        name: getattr(entries[2], name) for name in AuditEntry.model_fields if name != "sha256"
    }
    entries[2] = seal(fields | {"actor": "somebody else"})
    assert len(faults(entries)) == 1


def test_canonical_json_does_not_depend_on_order():
    assert canonical({"b": "ü\n", "a": [1, None]}) == '{"a":[1,null],"b":"ü\\n"}'.encode()
    with pytest.raises(ValueError, match="Out of range"):
        canonical(float("nan"))
