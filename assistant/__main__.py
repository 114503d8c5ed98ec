"""The command line: ``python -m assistant ask "QUESTION"``, or many of them with ``--batch``; and ``search``.

Exit status 0 when every question was answered or honestly not found, 1 when a question could not be asked or a search
not be read, 2 when there is no index to ask.
"""

import argparse
import json
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from assistant import search_command
from assistant.answer import Answer, Evidence
from assistant.assistant import Assistant
from assistant.exports.answers import answer_json
from assistant.questions.question import BadQuestion
from assistant.terminal import add_index, kept, models, typed
from corpus.display import plain
from index.files.generations import IndexUnusable

_INDEX = Path(__file__).parent.parent / "index" / "built"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit status. A reader that closes the pipe early ends it quietly."""
    options = _options(arguments)
    try:
        status = search_command.run(options) if options.command == "search" else _ask(options)
        sys.stdout.flush()
    except BrokenPipeError:
        # Python flushes standard output once more as it ends: there must be somewhere for that to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return status


def _ask(options: argparse.Namespace) -> int:
    if options.question is None and options.batch is None:
        print("Give a question, or a file of them with --batch.", file=sys.stderr)
        return 1
    try:
        loaded = models(options.encoder)
        assistant = Assistant(kept(options).open(loaded.encoder, loaded.reader))
    except IndexUnusable as problem:
        print(problem, file=sys.stderr)
        return 2
    if options.batch is not None:
        return _batch(assistant, options.batch)
    try:
        answer = assistant.answer(options.question, options.history)
    except BadQuestion as problem:
        print(problem, file=sys.stderr)
        return 1
    if options.json:
        print(json.dumps(answer_json(answer), ensure_ascii=False, indent=2))
    else:
        print("\n".join(typed(line) for line in _lines(answer)))
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m assistant", description="Ask the documents from the command line.")
    commands = parser.add_subparsers(dest="command", required=True)
    ask = commands.add_parser("ask", help="answer a question with cited quotes")
    ask.add_argument("question", nargs="?", metavar="QUESTION")
    ask.add_argument("--history", nargs="+", action="extend", default=[], metavar="EARLIER", help="earlier questions")
    ask.add_argument(
        "--batch", type=Path, metavar="QUESTIONS.jsonl", help='a file of {"id", "turns": [...]}, one a line'
    )
    add_index(ask, _INDEX)
    ask.add_argument("--encoder", metavar="NAME_OR_FOLDER", help="the model that the index was built with")
    ask.add_argument("--json", action="store_true")
    search_command.add(commands, _INDEX)
    return parser.parse_args(arguments)


def _batch(assistant: Assistant, path: Path) -> int:
    """One answer a line; a line that cannot be asked is answered with its error, and the rest go on."""
    failed = 0
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as problem:
        print(f"{path} cannot be read: {problem}", file=sys.stderr)
        return 1
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        result = _answered(assistant, line)
        if "error" in result:
            failed += 1
            print(f"{path}, line {number}: {result['error']}", file=sys.stderr)
        print(json.dumps(result), flush=True)
    return 1 if failed else 0


def _answered(assistant: Assistant, line: str) -> dict[str, object]:
    identity = None
    try:
        row = json.loads(line)
        identity = row.get("id")
        turns = row["turns"]
        if not isinstance(turns, list) or not turns or not all(isinstance(turn, str) for turn in turns):
            raise TypeError
        return answer_json(assistant.answer(turns[-1], turns[:-1]), identity)
    except BadQuestion as problem:
        return {"id": identity, "error": str(problem)}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {"id": identity, "error": 'Write {"id": "…", "turns": ["earlier question", "question"]} on each line.'}


def _lines(answer: Answer) -> Iterator[str]:
    """An answer as a person reads it in a terminal."""
    yield answer.message
    if answer.notice:
        yield answer.notice
    for one in answer.evidence:
        yield from _evidence_lines(one)
    for silent in answer.nothing_from:
        yield f"\n{silent.council}: no passage found in {silent.documents} document{'s' * (silent.documents != 1)}."
    if answer.related:
        yield "\nRelated:"
        for one in answer.related:
            yield from _evidence_lines(one)
    yield ""
    yield from (f"{chip.label[0].upper()}{chip.label[1:]}." for chip in answer.readings)
    if answer.searched not in ("", answer.question):
        yield f"Searched for “{answer.searched}”."
    yield from (f"Nearest: {plain(place.words)} ({place.source.title.value})" for place in answer.nearest)
    yield f"{answer.coverage} Check the source before you rely on it."
    for question in answer.suggestions:
        yield f"Ask next: {question}"


def _evidence_lines(one: Evidence) -> Iterator[str]:
    yield ""
    yield f"{one.number}  {one.voice_line.upper()}"
    lead_in = f"{plain(one.lead_in.text)} … " if one.lead_in else ""
    yield f"   {lead_in}“{plain(one.quote.text)}”"
    yield f"   {one.citation}"
    yield from (f"   Said again: {again.reference}" for again in one.repeats)
    decided = "; ".join(plain(passage.text) for passage in one.outcome.passages)
    yield f"   What was decided: {one.outcome.badge}{f' – {decided}' if decided else ''}"


if __name__ == "__main__":
    sys.exit(main())
