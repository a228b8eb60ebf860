"""The pages that everybody may see, each a page model and a template."""

from awards.web.public.routes import pages

__all__ = ["pages"]
