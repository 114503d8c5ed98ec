"""What a run did, told when it ends."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Report:
    """Counts of meetings and documents, and lines for what a person should know of, each with its reason."""

    read: int = 0
    not_due: int = 0
    written: int = 0
    unchanged: int = 0
    withheld: int = 0
    unpublished: int = 0
    amended: list[str] = field(default_factory=list)
    confirmed: list[str] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    stopped: str = ""

    def counts(self) -> tuple[int, int, int, int]:
        """How many documents were written, amended, left unchanged and withdrawn so far."""
        return self.written, len(self.amended), self.unchanged, len(self.withdrawn)

    def summary(self) -> str:
        """The report, a line or more for each thing there is to say."""
        lines = [
            f"Meetings: {self.read:,} read, {self.not_due:,} not due to be read again.",
            f"Documents: {self.written:,} new, {len(self.amended):,} amended, {self.unchanged:,} unchanged, "
            f"{len(self.withdrawn):,} withdrawn.",
        ]
        if self.withheld:
            lines.append(f"Not asked for, because restricted: {self.withheld:,}.")
        if self.unpublished:
            lines.append(f"Not asked for, because not published yet: {self.unpublished:,}.")
        for title, entries in (
            ("Amended", self.amended),
            ("Minutes confirmed since they were read", self.confirmed),
            ("Withdrawn by the council, so removed", self.withdrawn),
            ("Skipped", self.skipped),
            ("Failed", self.failed),
        ):
            if entries:
                lines += [f"{title}, {len(entries):,}:", *(f"  {entry}" for entry in entries)]
        return "\n".join([*lines, self.stopped] if self.stopped else lines)
