"""What holds for the whole pipeline, whatever the check."""

from datetime import date

import pytest

from checks import Document, Verdict, check


def verdicts(text, tables, **options):
    return [each.finding.verdict for each in check(text, tables, **options).claims]


def test_a_figure_that_the_copy_corrects_is_not_flagged(tables):
    wrong = "The trail is 5 miles (12 km) long."
    assert verdicts(wrong, tables) == [Verdict.REFUTED]
    note = f"Correction: An earlier version of this article said: {wrong[:-1]}. It is 5 miles (8 km)."
    assert Verdict.REFUTED not in verdicts(note, tables)


def test_the_same_copy_gives_the_same_report(tables):
    text = "Kharkiv, Ukraine's third largest city, is 480 km (298 miles) from Kyiv, he said on Tuesday, Sept. 14."
    options = {"published": date(2022, 9, 13)}
    assert check(text, tables, **options).to_dict() == check(text, tables, **options).to_dict()


def test_a_fingerprint_outlives_lines_put_before(tables):
    text = "The trail is 5 miles (12 km) long."
    [one] = check(text, tables).flags
    [two] = check(f"A line.\n\nAnother line.\n\n{text}", tables).flags
    assert one.fingerprint == two.fingerprint


def test_twice_the_same_slip_has_two_fingerprints(tables):
    text = "The trail is 5 miles (12 km) long.\n\n" * 2
    assert len({flag.fingerprint for flag in check(text, tables).flags}) == 2


def test_every_figure_says_whether_it_was_checked_and_why_not(tables):
    report = check("The trail is 5 miles (8 km) long and 7 people walked it.", tables).to_dict()
    assert [(figure["checked"], bool(figure["why_not"])) for figure in report["figures"]] == [
        (True, False),
        (True, False),
        (False, True),
    ]


def test_the_option_is_above_the_copys_own_date(tables):
    document = Document(text="It was Tuesday, Sept. 13.", published=date(2021, 1, 1), published_from="metadata")
    report = check(document, tables, published=date(2022, 9, 13))
    assert report.to_dict()["published_from"] == "option"
    assert [claim.finding.verdict for claim in report.claims] == [Verdict.SUPPORTED]


@pytest.mark.parametrize("text", ["", "\n", " ", "\x00", "🙂" * 50, "5" * 10_000, "(" * 5_000, "1-" * 5_000])
def test_odd_copy_is_read(text, tables):
    assert check(text, tables).error is None
