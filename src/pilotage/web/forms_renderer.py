"""How forms are drawn: from our own templates, so that each field has its label, help and error wired to its control."""

from __future__ import annotations

from django.forms.renderers import TemplatesSetting


class PilotageRenderer(TemplatesSetting):
    """Take ``django/forms/`` from the project's templates first, and from Django's own where we say nothing."""
