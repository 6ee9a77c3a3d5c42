"""What went wrong on the shopper's side is heard, and nothing else is taken for it."""

from bot.language.afterwards.troubles import flaw_in, trouble_in
from tests.support.workers.rows import rows

REFUSED = [
    "refused ko na lang po pag dating", "di ko na po tatanggapin",
    "wag nyo na po ipadala", "i will refuse the parcel",
    "please dont ship it anymore", "hindi ko na tatanggapin yung parcel",
    "wag na po ideliver", "pwede po ba i refuse pag dating",
    "dont send it anymore", "d ko na po tatanggapin",
    "hnd ko na tatanggapin", "wag na po ipadala order ko",
    "i wont accept the parcel", "i won't accept it anymore",
    "irefuse ko na lang po", "rerefuse ko po pagdating ng rider",
    "huwag nyo na pong ipadala yung order ko", "tatanggihan ko na lang po",
    "please do not deliver my order anymore", "wg nyo na po ipadala",
]  # fmt: skip
PAID = [
    "mali po yung nabayaran ko", "sobra po yung nasend ko",
    "kulang po yung nasend ko", "nadoble po bayad ko",
    "i paid twice", "i sent the wrong amount",
    "mali po na send ko na amount", "sobra po ang bayad ko",
    "na double send ko po", "overpaid po ako",
    "mali po yung number na napagsendan ko", "sa maling gcash po nasend",
    "na doble ko po yung bayad", "nasobrahan po bayad ko",
    "I accidentally paid twice for my order", "i overpaid",
    "naka 2 beses po ako nagbayad", "dalawang beses po ako nagbayad",
    "maling number po napadalhan ko", "namali po ako ng send ng gcash",
    "kulang po bayad ko ng 50", "sobra po ng 100 nabayad ko",
    "i was charged twice", "wrong amount po nasend ko sorry",
    "sbra po nasend ko",
]  # fmt: skip
OTHER = [
    "tatanggapin nyo po ba gcash", "di nyo po ba tinatanggap cod",
    "wag muna ipadala", "wag na po ipadala sa bahay sa office na lang",
    "di ko na kukunin yung mug", "dont send me promos",
    "wag nyo na po ako padalhan ng promo", "my order was sent to the wrong address",
    "mali po yung pinadala nyo", "kulang po yung dumating",
    "kulang po yung pinadala nyo", "mali yung nasend ko na picture",
    "mali po yung address na nasend ko", "sobrang mahal po ng bayad",
    "bayad na po", "nagsend na po ako",
    "mali po yung payment method na napili ko", "cod dapat hindi gcash",
    "nadoble po order ko", "i need an extra mug",
    "double check my payment please", "kulang pa po ba bayad ko?",
    "you sent me the wrong item", "do you accept gcash",
    "sobra po sa size", "wag na po",
    "ayoko na po",
]  # fmt: skip
FLAWS = {
    "sobra po yung nasend ko": "over", "kulang po bayad ko": "under", "nadoble po bayad ko": "twice",
    "sa maling gcash po nasend": "wrong",
}  # fmt: skip


@rows("text", REFUSED)
def test_a_parcel_that_will_not_be_taken_is_heard(text: str) -> None:
    assert trouble_in(text) == "refuse"


@rows("text", PAID)
def test_money_that_was_sent_wrongly_is_heard(text: str) -> None:
    assert trouble_in(text) == "payment"


@rows("text", OTHER)
def test_anything_else_is_no_trouble_of_an_order(text: str) -> None:
    assert trouble_in(text) == ""


@rows("text", list(FLAWS))
def test_what_is_wrong_with_it_is_told(text: str) -> None:
    assert flaw_in(text) == FLAWS[text]
