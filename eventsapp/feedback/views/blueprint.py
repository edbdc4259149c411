"""The one blueprint of feedback."""

from flask import Blueprint

pages = Blueprint("feedback", __name__)
