"""People who sign in, their roles, and how they prove who they are."""

from eventsapp.accounts.setup import init_app, refuse_demo_accounts

__all__ = ["init_app", "refuse_demo_accounts"]
