"""The code that carries the right to answer: short enough to type, too long to guess.

The same ten characters stand in the QR, in the mailed link and in print. They are made from a
key and the invitation's id, so nothing that could be handed out again is stored; the database
knows only a code's MAC, which without the key leads nowhere.
"""

import hashlib
import hmac
import secrets
import unicodedata

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 10
_LATER = ".later"
# Letters that are taken for digits when read aloud or typed from paper.
_MISREAD = str.maketrans("ILOU", "110V")


def new_id() -> str:
    return secrets.token_hex(16)


def card_id(key: bytes, form_id: int, sheet: int, number: int) -> str:
    """The id of a printed card, so that a sheet can be printed again without a list of it."""
    return _mac(key, "card", f"{form_id}|{sheet}|{number}")[:32]


def make_code(key: bytes, invitation_id: str) -> str:
    """Fifty bits that only the key can make."""
    return _code(key, f"code|{invitation_id.removesuffix(_LATER)}")


def later_id(invitation_id: str) -> str:
    """The right to answer afterwards that belongs to a right to answer before: the same code."""
    return f"{invitation_id}{_LATER}"


def pair_key(secret: bytes, code: str) -> str:
    """What ties two answers by one code together, while the secret exists."""
    return _mac(secret, "pair", code)


def withdrawal_code(key: bytes, retry_key: str) -> str:
    """Takes the consent to be quoted back; the same in every repeat of an answer."""
    return _code(key, f"withdrawal|{retry_key}")


def withdrawal_mac(key: bytes, code: str, question_key: str) -> str:
    """What is kept of the code, another for each question: it ties no two texts together."""
    return _mac(key, "withdrawal", f"{question_key}|{code}")


def _code(key: bytes, of: str) -> str:
    digest = hmac.digest(key, of.encode(), hashlib.sha256)
    number = int.from_bytes(digest[:8], "big")
    return "".join(ALPHABET[(number >> 5 * place) & 31] for place in range(LENGTH))


def written(code: str) -> str:
    """As it is printed: ``7KQ3M-8TX2B``."""
    return f"{code[: LENGTH // 2]}-{code[LENGTH // 2 :]}"


def read_code(typed: str) -> str | None:
    """The code that somebody typed, however they wrote it; None for what can be none."""
    plain = unicodedata.normalize("NFKC", typed[:100]).upper()
    kept = "".join(_western(char) for char in plain if char.isalnum()).translate(_MISREAD)
    return kept if len(kept) == LENGTH and set(kept) <= set(ALPHABET) else None


def _western(char: str) -> str:
    digit = unicodedata.digit(char, -1)
    return char if digit < 0 else str(digit)


def code_mac(key: bytes, code: str, *, later: bool = False) -> str:
    """What is kept of a code, another for the form that it opens ``later``, after the first."""
    return _mac(key, "token later" if later else "token", code)


def retry_mac(key: bytes, retry_key: str) -> str:
    return _mac(key, "retry", retry_key)


def open_answer_mac(key: bytes, form_id: int, retry_key: str) -> str:
    """What one answer by an open code is known by, so that a repeat of it is noticed."""
    return _mac(key, "open", f"{form_id}|{retry_key}")


def _mac(key: bytes, use: str, text: str) -> str:
    return hmac.new(key, f"{use}|{text}".encode(), hashlib.sha256).hexdigest()
