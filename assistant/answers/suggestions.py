"""Questions to ask next: only such as the documents are sure to answer, because their own structure says so.

An item with a recorded outcome answers what was decided of it, and a passage under a topic label or heading answers
what was said about that: the label's words are indexed with the passage.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from assistant.answers.subjects import Subject
from assistant.questions.followup import Turn, carried
from assistant.questions.question import BadQuestion, check, understand
from assistant.questions.scope import Scope
from assistant.questions.topic import topic_terms
from assistant.questions.vocabulary import Words
from assistant.questions.wants import Want
from corpus.model import Source
from corpus.passages.outcomes import Badge, Outcome
from index.words.analysis import terms

MOST_SUGGESTIONS = 3


def suggestions(
    outcomes: Iterable[tuple[Source, Outcome]], subjects: Iterable[Subject], asked: Sequence[str]
) -> tuple[str, ...]:
    """Questions about what came of items and about subjects, by turns, none of which is among those ``asked``."""
    found: list[str] = []
    turns = zip_longest(_decisions(outcomes), _topics(subjects, asked))
    for question in (question for turn in turns for question in turn if question is not None):
        if _is_new(question, [*asked, *found]) and _can_be_asked(question):
            found.append(question)
        if len(found) == MOST_SUGGESTIONS:
            break
    return tuple(found)


def _decisions(outcomes: Iterable[tuple[Source, Outcome]]) -> Iterator[str]:
    for source, came in outcomes:
        council, body, title = source.council.value, source.body.value, source.title.value
        if came.badge is Badge.RECOMMENDED and council and body:
            yield f"What was the {body} at {council} asked to decide?"
        elif came.badge is not Badge.RECOMMENDED and came.passages and council and title:
            yield f"What was decided on “{title}” at {council}?"


def _topics(subjects: Iterable[Subject], asked: Sequence[str]) -> Iterator[str]:
    """What was said about each subject, where that is a question by itself that any passage under it answers."""
    for subject in subjects:
        at = f" at {subject.source.council.value}" if subject.source.council.value else ""
        question = f"What was said about “{subject.words}”{at}?"
        about = set(topic_terms(subject.words))
        if not any(about <= set(terms(earlier)) for earlier in asked) and _stands_alone(question, subject.source):
            yield question


def _stands_alone(question: str, source: Source) -> bool:
    """Whether a question leans on no other, is one question, and asks for no number, name, date or decision."""
    if carried(question, ["What was said about the weather in the town?"], _named(source)).leans:
        return False
    parts = understand(Turn(question), Words(question, {}, ()), Scope())
    return [part.wants for part in parts] == [Want.FACT] and not parts[0].broad


def _named(source: Source) -> tuple[str, ...]:
    return (source.council.value,) if source.council.value else ()


def _is_new(question: str, asked: Iterable[str]) -> bool:
    return not any(set(terms(question)) == set(terms(earlier)) for earlier in asked)


def _can_be_asked(question: str) -> bool:
    """Whether a question that holds a document's own words is not too long, nor holds what cannot be typed."""
    try:
        check(question)
    except BadQuestion:
        return False
    return True
