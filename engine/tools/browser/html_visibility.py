"""Which elements of a page a person does not see."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

UNSEEN_TAGS = frozenset(
    (
        *("script", "style", "template", "head", "title", "meta", "link", "base", "iframe"),
        *("object", "embed", "canvas", "audio", "video", "svg", "map", "param", "track"),
        *("select", "datalist", "input", "progress", "meter", "noembed", "noframes"),
    )
)
UNSEEN_STYLE = re.compile(
    r"(?:^|;)(?:display:none|visibility:(?:hidden|collapse)|opacity:0?\.?0*(?=;|!|$)"
    r"|font-size:0?\.?0*(?:px|r?em|pt|%)?(?=;|!|$)|content-visibility:hidden"
    r"|(?:left|top|right|text-indent|margin-left):-\d{4,}|color:transparent)"
)


def is_hidden(node: LexborNode) -> bool:
    """Whether an element, and with it all inside it, is kept from the eye.

    Words that only a program would read are how pages give orders to a model; style sheets are not
    read, so this catches what the element itself says.
    """
    tag = node.tag
    if tag in UNSEEN_TAGS:
        return True
    attributes = node.attributes
    if tag == "dialog" and "open" not in attributes:
        return True
    if not attributes or tag == "body":  # Scripts show a body that begins hidden.
        return False
    if attributes.get("aria-hidden") == "true" or "hidden" in attributes:
        return True
    style = attributes.get("style")
    return bool(style and UNSEEN_STYLE.search("".join(style.split()).lower()))


def formula_of(node: LexborNode) -> str:
    """Return the first formula in an element, as TeX if the page has that; empty if none."""
    math = node if node.tag == "math" else node.css_first("math")
    if math is None:
        return ""
    tex = (math.attributes.get("alttext") or "").strip()
    if not tex:
        annotation = math.css_first('annotation[encoding="application/x-tex"]')
        tex = (annotation.text() if annotation is not None else "").strip()
    if not tex:
        return math.text(separator=" ").strip()
    inner = re.fullmatch(r"\{\\displaystyle (.*)\}", tex, re.DOTALL)
    return f"${(inner[1] if inner else tex).strip()}$"
