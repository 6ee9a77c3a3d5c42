"""A name, a number, an address and a way to pay in one message, as shoppers send them."""

import pytest

from bot.language.addressing import parse
from bot.language.buying.whole import Whole, whole_in

MESSAGES = (
    ("Maria Santos\n0917 123 4567\nBlk 5 Lot 3 Camella Homes, Brgy Molino 3, Bacoor, Cavite\nCOD",
     "Maria Santos|+639171234567|cod|Blk 5 Lot 3 Camella Homes|Molino 3|Bacoor City"),
    ("Name: Jose Reyes\nContact: 09281234567\nAddress: 12 Rizal St, Brgy San Jose, Antipolo, Rizal\nPayment: GCash",
     "Jose Reyes|+639281234567|gcash|12 Rizal St|San Jose|Antipolo City"),
    ("ana cruz 09171234567 purok 2 brgy tibanga iligan city cod po",
     "ana cruz|+639171234567|cod|purok 2|tibanga|Iligan City"),
    ("JUAN DELA CRUZ\n09205551234\n#8 ROSAL ST STA ELENA MARIKINA CITY\nCOD PO",
     "JUAN DELA CRUZ|+639205551234|cod|#8 ROSAL ST|STA ELENA|Marikina"),
    ("cod po\nRowena Diaz\n0999 555 1234\nbrgy lahug cebu city 88 gorordo ave",
     "Rowena Diaz|+639995551234|cod|88 gorordo ave|lahug|Cebu City"),
    ("Mark Lim\n145 Kalayaan Ave, Brgy Pinyahan, Quezon City\n0917-555-0101",
     "Mark Lim|+639175550101||145 Kalayaan Ave|Pinyahan|Quezon City"),
    ("Receiver: Grace Tan\nCp no. 0906 555 7788\nBlk 1 Lot 2 Ph 3 Southville, Brgy Marinig, Cabuyao, Laguna",
     "Grace Tan|+639065557788||Blk 1 Lot 2 Ph 3 Southville|Marinig|Cabuyao City"),
    ("12 Mabini St, Brgy San Roque, Marikina", "|||12 Mabini St|San Roque|Marikina"),
    ("blk 5 lot 2 brgy pilar las pinas cash on delivery", "||cod|blk 5 lot 2|pilar|Las Piñas"),
)  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), MESSAGES)
def test_all_of_it_is_read(text: str, wanted: str) -> None:
    whole = whole_in(text)
    place = parse(whole.address)
    assert f"{whole.recipient}|{whole.phone}|{whole.method}|{place.line1}|{place.barangay}|{place.city}" == wanted


def test_what_gives_nothing_else_is_left_as_it_is() -> None:
    text = "Ana Cruz, 45 Mabini St, Brgy 123, Tondo, Manila 1012"
    assert whole_in(text) == Whole(address=text)


def test_a_place_beside_a_number_is_no_name() -> None:
    assert whole_in("San Jose, 0917 123 4567") == Whole(phone="+639171234567", address="San Jose")
