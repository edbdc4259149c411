"""The one blueprint that the news pages hang on."""

from flask import Blueprint

pages = Blueprint("news", __name__)
