"""How forms are drawn: from our own templates, with label, help and error wired to each control."""

from __future__ import annotations

from django.forms.renderers import TemplatesSetting


class PilotageRenderer(TemplatesSetting):
    """Take ``django/forms/`` from the project's templates first, and from Django's own where we say nothing."""
