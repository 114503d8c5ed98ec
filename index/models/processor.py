"""How torch works on this processor: in how many threads, and how precisely. torch is imported when first needed."""

from contextlib import AbstractContextManager


def threads() -> int:
    """How many threads torch would work in."""
    import torch

    return torch.get_num_threads()


def use_threads(count: int) -> None:
    """Have torch work in so many threads, when called from this one.

    One is right for one question, and for each of the portions that a build encodes side by side. On two idle cores it
    takes 10 ms for a question where two threads take 7, but where other requests want the cores too, two threads wait
    for each other at every step: 25 to 70 ms, and now and then 700.
    """
    import torch

    torch.set_num_threads(count)


def halves_precision() -> bool:
    """Whether the processor multiplies matrices of half-precision numbers (bfloat16) in hardware: Intel's AMX.

    There a build takes half precision, and less than half the time. Elsewhere it would take longer, so a build takes
    full precision, as a text alone does everywhere. The vectors are near enough to be compared with each other:
    docs/decisions/023-encoding-in-half-precision.md.
    """
    import torch

    return bool(torch.cpu.get_capabilities().get("amx_bf16", False))


def precision(half: bool) -> AbstractContextManager[None]:
    """Have the model multiply in half precision, or not. What it adds up and averages it does in full either way."""
    import torch

    context: AbstractContextManager[None] = torch.autocast("cpu", dtype=torch.bfloat16, enabled=half)
    return context
