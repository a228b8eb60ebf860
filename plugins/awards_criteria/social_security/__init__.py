"""Companies as employers: whom they insure, what they pay and report, whom they help."""
