"""What the controls of a layer allow: labels, answers and relations, in a form checks can ask."""

from __future__ import annotations

from dataclasses import dataclass

from warta.label_studio.configs import NEW_LABELS, QUOTE_LABELS, QUOTE_RELATIONS, Controls, filler_types, named_types
from warta.label_studio.regions import Region
from warta.schema import Schema


@dataclass(frozen=True)
class AnswerRule:
    """Which regions take an answer, what may be answered (``None``: an entity), and whether it must be given."""

    control: str
    labels: frozenset[str] | None
    values: frozenset[str] | None
    required: bool

    def takes(self, control: str, label: str) -> bool:
        """Say whether a region of this control and label takes the answer."""
        return control == self.control and (self.labels is None or label in self.labels)


@dataclass(frozen=True)
class Rules:
    """The labels of each control, the rule of each answer, and the relations of a layer."""

    layer: str
    labels: dict[str, frozenset[str]]
    answers: dict[str, AnswerRule]
    relations: frozenset[str]

    def is_head(self, region: Region) -> bool:
        """Say whether relations lead to such a region: a trigger, or a quote's first content span."""
        return region.control == Controls.labels[self.layer] and (self.layer == "events" or region.label == "CONTENT")

    def joins(self, label: str, start: Region, end: Region) -> bool:
        """Say whether a relation with this label may join two regions, whichever end is the head."""
        if label not in self.relations:
            return False
        part, head = (start, end) if self.is_head(end) else (end, start)
        mention = part.control in {Controls.form[self.layer], Controls.context[self.layer]}
        if not self.is_head(head):
            return False
        if self.layer == "events":
            return mention or self.is_head(part)
        return mention if label == "source" else part.label == {"cue": "CUE", "cont": "PART"}[label]


def layer_rules(schema: Schema, layer: str) -> Rules:
    """Return the rules of a layer as its configuration gives them."""
    control = Controls.labels[layer]
    if layer == "entities":
        types = named_types(schema)
        takers = frozenset(label.code for label in types if label.kind != "value")
        answers = {Controls.entity[layer]: AnswerRule(control, takers, None, True)}
        return Rules(layer, {control: frozenset(label.code for label in types)}, answers, frozenset())
    form = Controls.form[layer]
    fillers = frozenset(label.code for label in filler_types(schema))
    labels = {form: frozenset(NEW_LABELS), Controls.context[layer]: frozenset({"MENTION"})}
    answers = {
        Controls.type[layer]: AnswerRule(form, None, fillers, True),
        Controls.entity[layer]: AnswerRule(form, None, None, True),
    }
    if layer == "quotes":
        labels[control] = frozenset(QUOTE_LABELS)
        content = frozenset({"CONTENT"})
        answers[Controls.quote_type] = AnswerRule(control, content, schema.quote_types, True)
        answers[Controls.speaker] = AnswerRule(control, content, None, False)
        return Rules(layer, labels, answers, frozenset(QUOTE_RELATIONS))
    labels[control] = frozenset(schema.event_types)
    answers[Controls.realis] = AnswerRule(control, None, schema.realis, True)
    answers[Controls.polarity] = AnswerRule(control, None, schema.polarity, True)
    return Rules(layer, labels, answers, schema.role_names)
