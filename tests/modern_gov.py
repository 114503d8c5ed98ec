"""Pages of ModernGov's for tests, built around the lines of a text as its own pages are."""

import html
import re
import textwrap

_LABELS = re.compile(r"(?:Minutes|Decision|Supporting documents):")
_BULLET = re.compile(r"·(\s+)")


def agenda_item(text: str, council: str = "Westmarch County Council", meeting: str = "") -> bytes:
    """An agenda item's page whose text is that of a copied one: "Agenda item", its title, and what is below."""
    lines = text.removeprefix("\ufeff").splitlines()
    kind, title, *rest = [line for line in lines if line.strip()]
    below = lines[lines.index(title) + 1 :]
    content, said = [], []
    for line in [*below, ""]:
        if line.strip(" ") and not _LABELS.fullmatch(line.strip()):
            said.append(line)
            continue
        if said:
            content.append(paragraph(said))
            said = []
        content.append(f'<p class="mgSubItemTitleTxt">{line.strip()}</p>' if line.strip() else "")
    assert rest
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{kind} - {html.escape(title)} - {council}</title></head>
<body><a class="sr-only" href="#mgMainContent">Skip to main content</a>
<nav class="breadcrumb"><ul><li><a href="/">Home</a></li><li><a href="m">{meeting}</a></li></ul></nav>
<div id="modgov"><div class="mgHeader"><h1 class="mgMainTitleTxt">{kind}</h1></div>
<div class="mgSubTitle"><h2 class="mgSubTitleTxt">{html.escape(title)}</h2></div>
<div class="mgContent"><div class="mgWordPara"><div class="WordSection1">
{chr(10).join(content)}
</div></div></div></div><footer>Footer</footer></body></html>""".encode()


def paragraph(lines: list[str]) -> str:
    """A paragraph as Word leaves it: wrapped anywhere, its bullet in a symbol font, words torn by a spelling's span."""
    broken = [html.escape(line).replace("\u00a0", "&nbsp;") for line in lines]
    wrapped = "\n".join(textwrap.wrap("<br>".join(broken), 70, break_long_words=False, break_on_hyphens=False))
    bulleted = _BULLET.sub(r'<span style="font-family:Symbol">·<span>\1</span></span>', wrapped)
    return f'<p class="MsoNormal">{bulleted.replace("worker", "wor<span class=SpellE>ker</span>")}<o:p></o:p></p>'
