"""The keyboard alone: what of a page it reaches, in which order, and whether one sees where one is."""

from itertools import pairwise
from typing import Any

from browsing import Visit

# What can have the focus and is shown, in the order of the page, each with a number and where it stands in the page: of
# buttons that stand for one choice, the one that is chosen, or else the first.
REACHABLE = """() => [...document.querySelectorAll(
    'body :is(a[href], button, input, select, summary, textarea, [tabindex="0"])')]
    .filter(e => e.type !== 'hidden' && !e.disabled && e.checkVisibility())
    .filter(e => e.type !== 'radio' ||
        e === (document.querySelector(`[name="${e.name}"]:checked`) ?? document.querySelector(`[name="${e.name}"]`)))
    .map((e, at) => {
        e.dataset.at = at;
        const box = e.getClientRects()[0], fixed = e.closest('.skip-link, .ask, .cited-banner, .contents, .pack-form');
        return {
            top: box.top + scrollY, bottom: box.bottom + scrollY, left: box.left, right: box.right,
            flows: !fixed, html: e.outerHTML.slice(0, 160),
        };
    })"""
# Which has the focus, whether that is shown, and what lies over its first line, if anything does.
FOCUSED = """() => {
    const on = document.activeElement, style = getComputedStyle(on);
    const boxes = [...on.getClientRects()];
    const seen = boxes.some(box => {
        const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
        const [left, right] = [Math.max(box.left, 0), Math.min(box.right, innerWidth)];
        if (bottom - top < 2 || right - left < 2) return false;
        return [0.1, 0.5, 0.9].some(share => {
            const over = document.elementFromPoint((left + right) / 2, top + (bottom - top) * share);
            return over === on || on.contains(over) || over.closest('label')?.contains(on);
        });
    });
    return {
        at: on.dataset.at ?? '',
        shown: style.boxShadow !== 'none' || style.outlineStyle !== 'none',
        seen, html: on.outerHTML.slice(0, 160),
    };
}"""


def begin(visit: Visit) -> None:
    """Put the focus before the first thing of the page."""
    visit.page.evaluate(
        """() => {
            document.activeElement.blur();
            document.body.tabIndex = -1;
            document.body.focus();
            document.body.removeAttribute('tabindex');
        }"""
    )


def backward(visit: Visit) -> list[tuple[str, str]]:
    """Neighbours in the order of the page of which the second stands above the first, or beside it on the left.

    Only of one column can that be said, and not of what stays in place while the rest scrolls.
    """
    return [
        (one["html"], after["html"])
        for one, after in pairwise(one for one in visit.page.evaluate(REACHABLE) if one["flows"])
        if (after["bottom"] <= one["top"] and after["left"] < one["right"])
        or (after["top"] < one["bottom"] and after["bottom"] > one["top"] and after["right"] <= one["left"])
    ]


def focused(visit: Visit) -> dict[str, Any]:
    """What has the focus; looked at again two frames later where it is not in sight, as the page may scroll to it."""
    on: dict[str, Any] = visit.page.evaluate(FOCUSED)
    if not on["seen"]:
        visit.page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        on = visit.page.evaluate(FOCUSED)
    return on


def walked(visit: Visit) -> None:
    """Go through a page with Tab: all is reached in order, in sight and with its focus shown; then the page is left."""
    there = visit.page.evaluate(REACHABLE)
    assert there[0]["html"].startswith('<a class="skip-link"')
    begin(visit)
    reached, unshown, unseen = [], [], []
    for _ in there:
        visit.page.keyboard.press("Tab")
        on = focused(visit)
        reached.append(on["at"])
        unshown += [] if on["shown"] else [on["html"]]
        unseen += [] if on["seen"] else [on["html"]]
    assert reached == [str(at) for at in range(len(there))]
    assert (unshown, unseen) == ([], [])
    visit.page.keyboard.press("Tab")
    assert visit.page.evaluate(FOCUSED)["at"] in ("", "0")  # out of the page, or at its beginning again
