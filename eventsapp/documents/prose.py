"""Staff prose: a small Markdown whose fact references are resolved as tokens, never as text.

Allowed: paragraphs, bold, italics, links to http, https and mailto, lists, block quotes.
A fact is replaced where the parser meets it, so it can neither become markup nor hide in a
link's address, and ``{{ … }}``, ``\\{key}`` and unknown keys stay what they are: text.
"""

import re
from collections.abc import Mapping, MutableMapping, Sequence
from functools import cache
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import OptionsDict
from markupsafe import Markup, escape

REFERENCE = re.compile(r"\{([A-Za-z0-9_.-]+)\}(?!\})")
LINK = re.compile(r"(?:https?://|mailto:)[^\s]+", re.IGNORECASE)
RULES = [
    "paragraph", "list", "blockquote",
    "text", "newline", "escape", "emphasis", "link", "autolink", "entity",
    "balance_pairs", "fragments_join",
]  # fmt: skip
TAGS = {"p", "strong", "em", "a", "ul", "ol", "li", "blockquote", "br"}
ATTRIBUTES = {"a": {"href", "title", "class"}, "ol": {"start"}}


def prose_html(
    markdown: str, facts: Mapping[str, str], *, evidence_url: str | None = None
) -> Markup:
    """The prose as HTML; with ``evidence_url`` each fact is a link to its evidence there."""
    html = _parser().render(markdown, {"facts": facts, "evidence_url": evidence_url})
    clean = nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )
    # Safe: the parser takes no HTML, and the sanitiser has just let these few tags through.
    return Markup(clean)  # noqa: S704


def fact_link(key: str, text: str, evidence_url: str) -> Markup:
    """A figure that leads to the rows it came from, for the preview inside."""
    return Markup('<a class="fact" href="{}#fact-{}">{}</a>').format(evidence_url, key, text)


def references(markdown: str) -> tuple[str, ...]:
    """The fact references of the prose that the parser would look up, in order."""
    env: dict[str, Any] = {"facts": None}
    tokens = _parser().parse(markdown, env)
    return tuple(
        child.content for token in tokens for child in token.children or () if child.type == "fact"
    )


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("zero", {"html": False}).enable(RULES)
    parser.inline.ruler.before("emphasis", "fact", _fact_rule)
    parser.validateLink = _is_allowed_link  # type: ignore[method-assign]
    parser.add_render_rule("fact", _render_fact)
    return parser


def _is_allowed_link(url: str) -> bool:
    return LINK.fullmatch(url) is not None


def _fact_rule(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the parser's signature
    """Turn ``{key}`` of a known fact into one token; with ``facts`` None, of any key."""
    match = REFERENCE.match(state.src, state.pos)
    if match is None or state.src[: state.pos].endswith("{"):
        return False
    facts = state.env["facts"]
    if facts is not None and match[1] not in facts:
        return False
    if not silent:
        token = state.push("fact", "", 0)
        token.content = match[1]
        token.meta["in_link"] = state.linkLevel > 0
    state.pos = match.end()
    return True


def _render_fact(
    _renderer: RendererHTML,
    tokens: Sequence[Token],
    index: int,
    _options: OptionsDict,
    env: MutableMapping[str, Any],
) -> str:
    key = tokens[index].content
    text = env["facts"][key]
    if env["evidence_url"] is None or tokens[index].meta["in_link"]:
        return str(escape(text))
    return str(fact_link(key, text, env["evidence_url"]))
