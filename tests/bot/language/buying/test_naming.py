"""Names of recipients, and what is none."""

from bot.language.buying.naming import DOUBTFUL, LIKELY, Name, name_in
from tests.support.workers.rows import rows


@rows(
    ("text", "name"),
    [
        ("Ana", "Ana"), ("ana cruz", "ana cruz"), ("Ma. Cristina Go", "Ma. Cristina Go"), ("O'Brien", "O'Brien"),
        ("ako si Ben po", "Ben"), ("Si Pedro po", "Pedro"), ("ako po si Nena Santos", "Nena Santos"),
        ("para kay Lola Nena Cruz", "Lola Nena Cruz"), ("name: May Flores", "May Flores"),
        ("my wife Joy Santos", "Joy Santos"), ("kapatid ko si Liza Ramos", "Liza Ramos"),
        ("Ben Santos po ang tatanggap", "Ben Santos"), ("San Pedro Calungsod", "San Pedro Calungsod"),
        ("Juan dela Cruz Jr.", "Juan dela Cruz Jr."), ("Angel Locsin", "Angel Locsin"), ("李小龍", "李小龍"),
        ("Ana Cruz, 45 Mabini St, Brgy 123, Tondo, Manila 1012", "Ana Cruz"),
        ("Ana Reyes 0917 123 4567\n12 Mabini St, Marikina", "Ana Reyes"),
        ("Maria Clara Josefina Isabel Teresita Concepcion de los Santos y Villanueva-Buenaventura",
         "Maria Clara Josefina Isabel Teresita Concepcion de los Santos y Villanueva-Buenaventura"),
    ],
)  # fmt: skip
def test_a_name_in_many_ways(text: str, name: str) -> None:
    read = name_in(text)
    assert (read.name, read.sureness >= LIKELY) == (name, True)


def test_where_they_live_is_read_beside_the_name() -> None:
    assert name_in("It is for my sister Lourdes Reyes in Iloilo") == Name(
        name="Lourdes Reyes", sureness=0.9, place="Iloilo"
    )


@rows(
    "text",
    [
        "skip", "yes", "language", "po", "hi po", "cod po", "buy now", "do you have red ones?", "1234", "😀", "...",
        "pa change ng number 09285550143", "teka may tanong ako", "kettle po muna", "hm kettle", "what is your name",
        "magkano po lahat", "checkout na", "gcash", "ok lang po", "wait", "no", "order", "menu",
        "<script>alert(1)</script>", "ana@example.com", "mr. 5", "salamat po", "how much is this",
    ],
)  # fmt: skip
def test_what_is_no_name(text: str) -> None:
    assert name_in(text).sureness <= DOUBTFUL
