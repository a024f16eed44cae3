"""spaCy's attribute ruler, faster: what its rules say of a single word is remembered.

Nearly all rules of the English pipelines look at one word, at its form, tag and grammatical role.
The matcher is asked once for each such triple, and of every text only for rules of several words.
The result is that of the ruler itself, rule by rule in its order.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.language import Language
    from spacy.pipeline import AttributeRuler
    from spacy.tokens import Doc

_Key = tuple[int, int, int]
_REMEMBERED = 100_000
_SEEN = {"LOWER", "TAG", "DEP", "IS_SPACE"}


class Attributes:
    """Does what `ruler` does."""

    def __init__(self, ruler: AttributeRuler) -> None:
        from spacy.matcher import Matcher

        self._ruler = ruler
        self._one = Matcher(ruler.vocab, validate=False)
        self._more = Matcher(ruler.vocab, validate=False)
        for number, rules in enumerate(_rules(ruler)):
            short = [rule for rule in rules if len(rule) == 1]
            long = [rule for rule in rules if len(rule) > 1]
            for matcher, chosen in ((self._one, short), (self._more, long)):
                if chosen:
                    matcher.add(str(number), chosen)
        named = [each for rule in _single(ruler) for each in _words(rule[0]) or ()]
        self._forms = frozenset(each for each in named if isinstance(each, str))
        self._patterns = [each for each in named if isinstance(each, re.Pattern)]
        self._named: dict[int, bool] = {}
        self._known: dict[_Key, tuple[int, ...]] = {}
        self._merged: dict[tuple[int, ...], dict[Any, Any]] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Set the attributes of the words of `doc`."""
        from spacy.tokens._retokenize import set_token_attrs

        # Of a form that no rule names, only that it is blank can matter.
        named = self._named
        if len(named) > _REMEMBERED:  # new words never end
            named.clear()
        for low in {token.lower for token in doc}.difference(named):
            named[low] = self._names(self._ruler.vocab.strings[low])
        keys = [(t.lower if named[t.lower] else -t.is_space, t.tag, t.dep) for t in doc]
        if not all(key in self._known for key in keys):
            self._learn(doc, keys)
        rules = [self._known[key] for key in keys]
        for number, start, end in self._matches(self._more, doc):
            place = (range(start, end))[self._ruler.indices[number]]
            rules[place] = tuple(sorted((*rules[place], number)))
        for token, found in zip(doc, rules, strict=True):
            if found:
                set_token_attrs(token, self._attributes(found))
        return doc

    def _names(self, form: str) -> bool:
        """Whether a rule looks for this form."""
        return form in self._forms or any(pattern.search(form) for pattern in self._patterns)

    def _learn(self, doc: Doc, keys: list[_Key]) -> None:
        found: list[list[int]] = [[] for _ in keys]
        for number, start, _ in self._matches(self._one, doc):
            found[start].append(number)
        self._known |= {key: tuple(sorted(n)) for key, n in zip(keys, found, strict=True)}

    def _matches(self, matcher: Any, doc: Doc) -> list[tuple[int, int, int]]:
        if not len(matcher):
            return []
        strings = self._ruler.vocab.strings
        found = matcher(doc, allow_missing=True, as_spans=False)
        return [(int(strings[rule]), start, end) for rule, start, end in found]

    def _attributes(self, rules: tuple[int, ...]) -> dict[Any, Any]:
        """What several rules set together: of two that set the same the later counts."""
        if rules not in self._merged:
            merged: dict[Any, Any] = {}
            for number in rules:
                merged |= self._ruler.attrs[number]
            self._merged[rules] = merged
        return self._merged[rules]


def faster(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """The component `name` of a pipeline, or what does the same in less time."""
    from spacy.pipeline import AttributeRuler

    component: Callable[[Doc], Doc] = nlp.get_pipe(name)
    # A class derived from the ruler may do something else.
    if type(component) is not AttributeRuler or not component.patterns:
        return component
    known = all(_words(rule[0]) is not None for rule in _single(component))
    return Attributes(component) if known else component


def _rules(ruler: AttributeRuler) -> list[list[list[dict[str, Any]]]]:
    """The rules of each pattern of the ruler."""
    patterns: list[Any] = list(ruler.patterns)
    return [pattern["patterns"] for pattern in patterns]


def _single(ruler: AttributeRuler) -> list[list[dict[str, Any]]]:
    """The rules for one word."""
    return [rule for rules in _rules(ruler) for rule in rules if len(rule) == 1]


def _words(pattern: dict[str, Any]) -> list[str | re.Pattern[str]] | None:
    """The forms that a pattern of one word names; None where it looks at something else."""
    form = pattern.get("LOWER", [])
    if not set(pattern) <= _SEEN:
        return None
    if not isinstance(form, dict):
        return [form] if isinstance(form, str) else []
    if set(form) == {"REGEX"}:
        return [re.compile(form["REGEX"])]
    return list(form["IN"]) if set(form) == {"IN"} else None
