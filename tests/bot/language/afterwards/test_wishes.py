"""What somebody wants who has ordered already, in as many words as people have for it."""

from bot.language.afterwards.wishes import wish_of
from tests.support.workers.rows import rows

WISHES = {
    "track": [
        "nasaan na", "nasaan na po?", "asan na po order ko", "san na po yung parcel", "tracking number po",
        "ano po tracking number", "tracking no. po", "delayed na po", "late na po order ko", "pakita order ko",
        "check ko lang order ko po", "order status", "update po sa order ko", "wala pa rin po order ko", "wala pa po",
        "hindi pa dumating order ko", "where is my order", "where is my package po", "has my order shipped?",
        "order ko po nasaan na", "kailan po darating order ko", "bakit na cancel order ko", "trackng number po",
        "nasan na po yung inorder ko", "confirmed na po ba?", "is my order confirmed?", "packed na po ba",
        "na confirm na po ba yung order ko?",
        "what's my order number", "nakalimutan ko order number ko", "I forgot my order number",
    ],
    "cancel": [
        "cancel order", "pa cancel po", "pa cancel po ng order ko", "cancel ko na lang po order ko",
        "icancel ko po order",
        "i want to cancel my order", "can i cancel my order?", "paki cancel po", "pacancel po ng order",
        "cancel my ordr po", "pa cancel po please nagbago isip ko", "cancel na po, napindot lang",
        "please cancel, i changed my mind", "pa cancel po nadoble",
        "ORD-20261125-K7M2Q9XA pa cancel po",
    ],
    "again": [
        "order again", "usual order po", "same order po ulit", "order ulit", "reorder", "re-order po",
        "gusto ko umorder ulit",
        "pa order ulit po", "same order please", "parehong order po ulit",
    ],
    "address": [
        "pa change po ng address, sa Cainta na lang", "change address",
        "can you change the address to 12 Rizal St, Lucban", "can you please change my address",
        "pwede pa po ba palitan address?",
        "mali po address ko", "wrong address po", "paki palitan po ng adress sa order ko", "update my address please",
        "i need to change the delivery address", "sa Cainta na lang po ideliver", "iba na po address ko",
    ],
    "phone": [
        "can you change my phone number to 0928 555 0143",
        "change phone 0917 123 4567", "pa change ng number 09285550143", "palitan po number ko",
        "mali po cp number ko",
        "wrong number po nailagay ko, 0917 555 0143",
    ],
    "items": [
        "padagdag po ng isang mug sa order ko", "pa add po sa order ko ng kettle", "remove the mug from my order",
        "alisin nyo po yung kettle sa order ko", "change quantity ng order ko", "bawasan po order ko",
        "add one more mug to my order", "palit po ng color sa order ko",
    ],
    "return": [
        "sira po yung dumating", "ibabalik ko po yung mug", "mali po yung item na dumating", "return ko po",
        "pwede ko po bang ibalik yung mug?", "damaged yung natanggap ko", "my item arrived broken",
        "kulang po yung dumating", "pa refund po", "i want to return an item",
    ],
    "stop": [
        "wag nyo na po ako sabihan", "dont message me anymore", "do not contact me", "wag nyo na ako istorbohin",
        "stop", "STOP", "unsubscribe", "stop promos", "stop messaging me", "opt out", "ayoko na po ng promo",
        "tigilan nyo na pag message", "no more messages please",
    ],
    "start": ["start promos again", "send promos again", "ibalik ang promo", "subscribe", "unstop"],
    "receipt": ["resibo po", "receipt please", "pahingi po ng resibo", "send me the receipt", "receipt ng order ko po"],
    "pay": ["hanggang kailan po ako pwede magbayad", "until when can i pay", "magkano po babayaran ko"],
    "known": [
        "what do you know about me", "what data do you have about me", "show me my data",
        "ano po ang alam nyo tungkol sa akin",
        "anong info ang nakatago tungkol sakin",
    ],
    "forget": ["delete my data", "please delete my account", "burahin nyo po data ko", "remove my information"],
    "review": ["review", "i want to review my order", "mag review po", "rate my order"],
    "reviews": ["reviews", "show reviews", "may reviews po ba?"],
    "": [
        "mug", "hello po", "may promo po ba ulit", "eto po resibo", "what is your number", "nagbago po ba address nyo?",
        "start", "order confirmed", "magkano po", "address nyo po?", "may iba po ba kayong address?", "cod po ba",
        "add to cart",
        "may return policy po ba kayo?", "how much is the mug", "san po shop nyo", "number nyo po", "2 po nito",
        "salamat po", "order", "paano umorder", "gusto ko umorder", "can i order again the blue mug",
        "legit po ba kayo?",
        "change my mind", "late night delivery ok ba", "tracking device", "san po kayo", "nasaan po kayo",
    ],
}  # fmt: skip


@rows(("wish", "text"), [(wish, text) for wish, texts in WISHES.items() for text in texts])
def test_what_a_text_wants(wish: str, text: str) -> None:
    assert wish_of(text) == wish
