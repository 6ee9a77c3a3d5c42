#!/bin/sh
# workalendar has two holidays of the Philippines in 2026 on wrong days.
#
# Expected  National Heroes' Day is the last Monday of August, 31 August 2026, and 25 February 2026 is a working day
#           (Proclamation 1006).
# Seen      workalendar 17.0.0 has 30 August, a Sunday, and a day off on 25 February. holidays 0.109 has both right.
# QuickSell promises no delivery day by it.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" -q --disable-pip-version-check install "setuptools<81" workalendar==17.0.0 holidays==0.109
"$folder/venv/bin/python" - <<'PYTHON'
from datetime import date

import holidays
from workalendar.asia import Philippines

days = (date(2026, 2, 25), date(2026, 8, 30), date(2026, 8, 31))
off = {day for day, _ in Philippines().holidays(2026)}
right = holidays.country_holidays("PH", years=2026)
seen = [(day in off, day in right) for day in days]
for day, (one, other) in zip(days, seen, strict=True):
    print(f"{day:%a %d %b %Y}: workalendar {one}, holidays {other}")
raise SystemExit(seen != [(True, False), (True, False), (False, True)])
PYTHON
