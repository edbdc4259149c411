"""One field made of several, whose names may be anything."""

from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import FormField
from wtforms.form import BaseForm
from wtforms.utils import unset_value


class PartsField(FormField):  # type: ignore[misc] # WTForms ships no types
    """One question in several fields, by name; a name is no attribute, so any key will do."""

    def __init__(
        self, label: Any, parts: Mapping[str, Any], *, validators: Sequence[Any] = (), **kwargs: Any
    ) -> None:
        super().__init__(BaseForm, label, **kwargs)
        self.is_required = bool(validators)
        self.parts = parts

    def process(
        self,
        formdata: Any,
        data: Any = unset_value,
        extra_filters: Any = None,  # noqa: ARG002
    ) -> None:
        self.object_data = data
        self.form = BaseForm(self.parts, prefix=self.name + self.separator)
        self.form.process(formdata, data=data if isinstance(data, Mapping) else {})
        if self.is_required:
            self.flags.required = True
