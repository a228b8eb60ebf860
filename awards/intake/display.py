"""What strangers wrote, made safe to show in a terminal."""


def printable(text: str) -> str:
    """*text* without what moves a cursor or turns the direction of writing."""
    return "".join(letter if letter.isprintable() else " " for letter in text)
