"""Furniture: what of a web page is not what it says, such as its menus, its cookie notice and what it hides.

What an element is for decides first (HTML's own elements and ARIA's roles, https://www.w3.org/TR/wai-aria/#landmark);
the names that makers of pages give their classes come after.
"""

import re
from functools import lru_cache
from itertools import islice

from corpus.reading.html_markup import Element

_CODE = frozenset({"script", "style", "template", "noscript", "head", "title", "meta", "link", "base"})
_CONTROLS = frozenset(
    {"button", "input", "select", "option", "optgroup", "textarea", "label", "datalist", "output", "progress", "meter"}
)
_EMBEDDED = frozenset(
    {"iframe", "frame", "object", "embed", "applet", "svg", "canvas", "audio", "video", "map", "img", "picture"}
)
FRAMES = frozenset({"iframe", "frame"})
STRUCK = frozenset({"del", "s", "strike"})
_AROUND = frozenset({"nav", "footer", "aside", "dialog"})
# These are named for what they say: <h2 id="cookies">.
_SAYING = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "main", "article", "table"})
_NEVER_SHOWN = _CODE | _CONTROLS | _EMBEDDED
_ROLES = frozenset(
    {"navigation", "banner", "contentinfo", "search", "complementary", "dialog", "alertdialog", "tooltip", "menubar"}
)
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
# Words for those who hear the page, not part of what it shows; "mgHide" is ModernGov's.
_UNSEEN = re.compile(
    r"(?:mghide|sr-only|(?:[a-z]+-)?visually-?hidden|(?:[a-z]+-)?screen-?reader(?:-text|-only)?|is-hidden|d-none"
    r"|offscreen|element-(?:invisible|hidden))",
    re.IGNORECASE,
)
# Whole names, for "social" and "sharing" also name what councils write of: social care, sharing information.
_NAMED = re.compile(
    r"mg(?:links|actionlist|footer|filesize)"
    r"|(?!has-|no-|js-|with-)(?:[\w-]*[-_])?"
    r"(?:cookies?|breadcrumbs?|skip-?links?|skip-?(?:nav|to)|pagination|navbar|side-?nav"
    r"|share(?:-(?:this|page|links?|buttons?|bar|icons?))?|social-(?:media|links?|icons?|shar(?:e|ing))|addthis\w*"
    r"|related-(?:links|content)|back-to-top)"
    r"(?:[-_](?:banner|bar|notice|message|consent|popup|wrapper|container|holder|list|links?|icons?))*",
    re.IGNORECASE,
)
_CONTENT_NAMES = ("modgov", "maincontent", "main-content", "content-main", "main", "content")
# A line that does something to the page, or leads out of it, and says nothing.
_LINE = re.compile(
    r"(?:share (?:this|on|via)\b.*|print(?: this)?(?: page| item)?|email this page|tweet|you are here\b.*"
    r"|(?:back to|return to)(?: the)? top(?: of page)?|top of page|skip to .*"
    r"|(?:was|is) this (?:page|information) (?:useful|helpful)\b.*"
    r"|view (?:the )?(?:background|decisions?|reasons|declarations?|webcast|directions|recorded votes?)\b.*"
    r"|\W*(?:pdf|word|excel)(?: icon)?\W*)",
    re.IGNORECASE,
)
_LONGEST_LINE = 90
_LINK = re.compile(r"view (?:directions|the webcast|full .*|the full .*)|share this .*|[↑↩^]\ufe0e?", re.IGNORECASE)
_DOCUMENT = re.compile(
    r"\.(?:pdf|docx?|xlsx?|pptx?|odt|rtf)\b|(?:^|/)documents?/|mgConvert|mgChooseDocPack", re.IGNORECASE
)
_FEWEST_OF_A_MENU, _FEW = 3, 20
_LONGEST_NAME = 60


def is_left_out(element: Element) -> bool:
    """Whether nothing in ``element`` is part of what the page says."""
    tag = element.tag
    if tag in _NEVER_SHOWN or tag in _AROUND:
        return True
    attributes = element.attributes
    if not attributes:
        return False
    if "hidden" in attributes or element.get("aria-hidden").lower() == "true" or _is_struck(element):
        return True
    if element.get("role").lower() in _ROLES:
        return True
    if (names := attributes.get("class")) and any(_UNSEEN.fullmatch(name) for name in names.split()):
        return True
    if (style := attributes.get("style")) and _HIDING.search(style):
        return True
    names = f"{element.get('class')} {element.get('id')}"
    return names != " " and tag not in _SAYING and _is_named(names)


def is_struck(element: Element) -> bool:
    """Whether its words are struck out: deleted, though the page still shows them with a line through them."""
    return element.tag in STRUCK or _is_struck(element)


def is_action(words: str) -> bool:
    """Whether a line is a button or link in words: "Share this page", "View the background to item 4."."""
    return len(words) <= _LONGEST_LINE and _LINE.fullmatch(words) is not None


def is_way_out(words: str) -> bool:
    """Whether a link within a line leads to what the page itself does not show."""
    return _LINK.fullmatch(words) is not None


def is_menu(element: Element) -> bool:
    """Whether a list holds links alone, several of them, and none of them to a document."""
    items = [child for child in element.children if isinstance(child, Element) and child.tag == "li"]
    if len(items) < _FEWEST_OF_A_MENU:
        return False
    for item in items:
        links = [node for node in islice(item.elements(), _FEW) if node.tag == "a"]
        if not links or any(_DOCUMENT.search(link.get("href")) for link in links):
            return False
        if len("".join(link.words(_FEW) for link in links)) < len(item.words(_FEW)) * 0.9:
            return False
    return True


def content(root: Element) -> Element:
    """The part of a page that holds what it says: ModernGov's own, the main part, or else all of it."""
    named: dict[str, Element] = {}
    for element in root.elements():
        if element.tag == "main" or element.get("role").lower() == "main":
            named.setdefault("", element)
        elif (name := element.get("id").lower()) in _CONTENT_NAMES and element.tag not in _NEVER_SHOWN:
            named.setdefault(name, element)
    for name in ("modgov", "", *_CONTENT_NAMES[1:]):
        if name in named and named[name].words():
            return named[name]
    return root


@lru_cache(maxsize=4096)
def _is_named(names: str) -> bool:
    short = (name for name in names.split() if len(name) <= _LONGEST_NAME)
    return any(_NAMED.fullmatch(name) for name in short)


def _is_struck(element: Element) -> bool:
    return element.has_class("msoDel")
