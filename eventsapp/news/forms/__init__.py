"""The forms of news."""

from eventsapp.news.forms.acts import (
    CorrectForm,
    EmbargoForm,
    PublishForm,
    ReviewForm,
    ScheduleForm,
    SlugForm,
    TakeDownForm,
    WithdrawForm,
)
from eventsapp.news.forms.photo import ArticlePhotoForm
from eventsapp.news.forms.writing import (
    FilingForm,
    NewArticleForm,
    WordsForm,
    filing_data,
    words_form,
)
from eventsapp.reports.forms import number_of

__all__ = [
    "ArticlePhotoForm",
    "CorrectForm",
    "EmbargoForm",
    "FilingForm",
    "NewArticleForm",
    "PublishForm",
    "ReviewForm",
    "ScheduleForm",
    "SlugForm",
    "TakeDownForm",
    "WithdrawForm",
    "WordsForm",
    "filing_data",
    "number_of",
    "words_form",
]
