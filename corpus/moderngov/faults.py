"""What can keep something from being fetched."""


class NotFetched(Exception):
    """Something could not be fetched; the text says what happened."""


class Gone(NotFetched):
    """The host says that there is no such thing (any more)."""


class NotWanted(NotFetched):
    """What is never fetched: it lies on another host, is larger than the limit, or of a kind that is not read."""


class Fault(Exception):
    """A fault that may pass, so that asking again is worth it; ``wait`` is the rest that the host wants, in seconds."""

    def __init__(self, text: str, wait: float = 0.0) -> None:
        super().__init__(text)
        self.wait = wait
