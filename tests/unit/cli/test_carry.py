"""`awards edition carry`: the first title goes on."""

from tests.unit.cli.conftest import Awards


def test_who_holds_the_first_title_is_carried_under_the_seal(awards: Awards) -> None:
    told = awards("edition", "carry", "kop-open/secondary", "kop-places", "--by", "Ketua")
    assert told.code == 0, told
    said = "Carried 1 from kop-open/secondary to kop-places, as part 'kop-open-secondary', under"
    assert told.out.startswith(said)


def test_what_is_not_decided_is_refused_with_the_command_that_decides(awards: Awards) -> None:
    told = awards("edition", "carry", "kop-open/primary", "kop-places")
    assert told.code == 1
    assert "kop-open/primary is not decided yet" in told.err
    assert "awards decide kop-open/primary" in told.err
