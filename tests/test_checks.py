"""What holds for every check: its page, its examples, its cases."""

from pathlib import Path

import pytest

from checks import Verdict, check
from checks.core.registry import all_checks

EXAMPLES = [
    pytest.param(name, example, verdict, id=f"{name}: {example.text[:40]}")
    for name, declared in all_checks().items()
    for examples, verdict in (
        (declared.flags, Verdict.REFUTED),
        (declared.doubts, Verdict.DOUBTFUL),
        (declared.passes, Verdict.SUPPORTED),
    )
    for example in examples
]


def overlap(span, marked):
    return marked is None or (span.start < marked[1] and marked[0] < span.end)


@pytest.mark.parametrize(("name", "example", "verdict"), EXAMPLES)
def test_the_examples_of_the_page_get_the_verdict_that_it_says(name, example, verdict, tables):
    report = check(example.text, tables, published=example.published, select={name})
    judged = [each.finding for each in report.claims if overlap(each.finding.claim.span, example.marked)]
    flagged = [finding for finding in judged if finding.verdict in (Verdict.REFUTED, Verdict.DOUBTFUL)]
    if verdict is Verdict.SUPPORTED:
        assert not flagged, flagged
    else:
        assert verdict in [finding.verdict for finding in judged], judged


@pytest.mark.parametrize("name", sorted(all_checks()))
def test_most_passed_examples_are_decided_not_overlooked(name, tables):
    passes = all_checks()[name].passes
    decided = [
        example
        for example in passes
        if any(
            each.finding.verdict is Verdict.SUPPORTED
            for each in check(example.text, tables, published=example.published, select={name}).claims
        )
    ]
    assert len(decided) * 2 >= len(passes)


@pytest.mark.parametrize("name", sorted(all_checks()))
def test_every_check_has_a_page_and_cases(name):
    declared = all_checks()[name]
    assert declared.summary.endswith(".")
    assert declared.why
    assert list((Path(__file__).parent / "cases").glob(f"{name}.*")), f"tests/cases/{name}.jsonl is missing"
