"""The forms of news."""

from eventsapp.news.forms.acts import CorrectForm, PublishForm, WithdrawForm

__all__ = ["CorrectForm", "PublishForm", "WithdrawForm"]
