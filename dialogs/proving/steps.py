"""Proving that an order was paid, or who ordered: pictures, references, and which ID."""

from msgspec.structs import replace

from bot.language.fold import fold
from bot.language.lexicon import senses_by_word
from dialogs.engine.heard import SaysPaid, SentLike, SentPictures, SentSomethingElse, Typed
from dialogs.engine.run import Next, Turn, ask
from dialogs.engine.state import Here, Idle, State
from dialogs.engine.table import ANYWHERE, Dialog, On
from dialogs.showing.answering import Told, answer_text
from dialogs.showing.answers import hello, menu, spoken_to
from dialogs.showing.closer import detail, pictured, scanned
from dialogs.showing.proving import Claim, Proving, ask_id_type, claim_in, claim_of, nothing_waits, of, prove
from dialogs.states import Draft, ViewingOrder
from dialogs.states_looking import (
    ViewingProduct,
)
from dialogs.states_proving import ChoosingIdType, ChoosingProof, SendingId, SendingProof, SendingSelfie
from replies.orders import UnknownOrderText
from replies.proving import AskId, AskSelfie, IdReceived, NothingToProve, PictureRefused
from replies.talk import CannotRead
from replies.taps import Cancel, GoBack
from replies.taps_proving import ChooseId, ProveOrder
from repository.catalogue import products
from repository.database.errors import NotFound, UnknownOrder
from repository.payments import proofs
from repository.payments.proofs import Awaiting

_ID_TYPES = senses_by_word("id_type")
ASKED = (ChoosingProof, SendingProof, ChoosingIdType, SendingId, SendingSelfie)
IDENTITY = (ChoosingIdType, SendingId, SendingSelfie)
AfterId = SendingId | SendingSelfie | ViewingOrder
"""Where the pictures of an ID lead."""


async def hear_pictures(state: Here, heard: SentPictures, turn: Turn) -> Next[Here | Proving | ViewingProduct]:
    """Take pictures for the order that they prove; say what to send instead where they cannot be taken."""
    claim = claim_of(heard)
    order_id, kind = (state.order_id, "payment") if isinstance(state, SendingProof) else (0, "")
    if heard.files and (decided := await prove(state, claim, turn, order_id=order_id, kind=kind)):
        return decided
    trouble = next((word for word in heard.troubles if word != "unwanted"), "")
    if trouble and not heard.files:
        return Next(state, [PictureRefused(trouble=trouble)], intent="picture_refused")
    if decided := await nothing_waits(state, claim, turn):
        return decided
    if product_id := await pictured(heard.urls):
        product = await ask(products.product, product_id=product_id)
        return Next(ViewingProduct(product_id=product_id), [*hello(turn), detail(product, turn)])
    return Next(state, [*hello(turn), CannotRead(kind="image")])


async def hear_paid(state: Here, heard: SaysPaid, turn: Turn) -> Next[Here | Proving | Told]:
    """Take words that somebody paid for the order that waits for it; say what they mean else where none does."""
    claim = claim_of(heard)
    if claim.reference and (product := await scanned(heard.text, turn)):  # a barcode has the shape of a reference
        return product
    turn = await spoken_to(heard.text, turn)
    decided = await prove(state, claim, turn) or await nothing_waits(state, claim, turn)
    if decided is None and claim.reference:
        return await answer_text(state, heard.text, turn)
    decided = decided or Next(state, [*hello(turn), NothingToProve()], intent="prove_nothing")
    return replace(decided, language=turn.language)


async def hear_reference(state: SendingProof, heard: Typed, turn: Turn) -> Next[SendingProof | Proving | Told]:
    """Take a reference that was asked for; anything else is answered as anywhere."""
    claim = claim_in(heard.text, asked=True)
    if claim.reference and (decided := await prove(state, claim, turn, order_id=state.order_id, kind="payment")):
        return decided
    return await answer_text(state, heard.text, turn)


async def prove_order(state: Here, tap: ProveOrder, turn: Turn) -> Next[Here | Proving]:
    """Take what was sent before for this order; say what to send for it where nothing was."""
    claim = Claim()
    if isinstance(state, ChoosingProof):
        claim = Claim(
            files=state.files,
            reference=state.reference,
            method=state.method,
            amount=state.amount,
            text=state.text,
            is_payment=bool(state.reference or state.amount),
        )
    kind = tap.kind if tap.kind in ("payment", "identity") else ""
    if decided := await prove(state, claim, turn, order_id=tap.order_id, kind=kind):
        return decided
    return await _no_longer(state, tap.order_id, turn)


async def choose_id(state: Here, tap: ChooseId, turn: Turn) -> Next[Here | AfterId]:
    """Ask for the pictures of this ID that are not there yet."""
    order = await _verified(tap.order_id, turn)
    if order is None:
        return await _no_longer(state, tap.order_id, turn)
    files = state.files if isinstance(state, ChoosingIdType) and state.order_id == tap.order_id else ()
    return await _identify(tap.order_id, tap.id_type, files, turn)


async def name_id(state: ChoosingIdType, heard: Typed, turn: Turn) -> Next[ChoosingIdType | AfterId | Told]:
    """Take the ID that was typed; anything else is answered as anywhere."""
    said = fold(heard.text)
    kinds = {kind for word, kind in _ID_TYPES.items() if f" {word} " in f" {said} "}
    if len(kinds) != 1:
        return await answer_text(state, heard.text, turn)
    return await choose_id(state, ChooseId(order_id=state.order_id, id_type=kinds.pop()), turn)


async def more_pictures(state: ChoosingIdType, heard: SentPictures, turn: Turn) -> Next[ChoosingIdType | SendingProof]:
    """Keep pictures that come before the ID has a name, and ask for that again."""
    order = await _verified(state.order_id, turn)
    if order is None:
        return Next(state, [NothingToProve()])
    if not heard.files:
        return Next(state, [_refused(heard)], intent="picture_refused")
    return ask_id_type(of(order), turn, files=tuple(dict.fromkeys((*state.files, *heard.files))))


async def take_id(state: SendingId, heard: SentPictures, turn: Turn) -> Next[SendingId | AfterId]:
    """Take the picture of the ID, and the selfie where both came."""
    if not heard.files or len(heard.files) > 2:
        return Next(state, [_refused(heard)], intent="picture_refused")
    return await _identify(state.order_id, state.id_type, heard.files, turn)


async def take_selfie(state: SendingSelfie, heard: SentPictures, turn: Turn) -> Next[SendingSelfie | AfterId]:
    """Take the selfie: both are kept for a person to look at."""
    if len(heard.files) != 1:
        return Next(state, [_refused(heard)], intent="picture_refused")
    if heard.files[0] == state.file_id:
        return Next(state, [AskSelfie(same=True)], intent="prove_selfie")
    return await _identify(state.order_id, state.id_type, (state.file_id, heard.files[0]), turn)


async def ask_for_picture(
    state: SendingProof | ChoosingIdType | SendingId | SendingSelfie, heard: SentLike | SentSomethingElse, turn: Turn
) -> Next[SendingProof | ChoosingIdType | SendingId | SendingSelfie]:
    """Say that it should be a picture."""
    kind = heard.kind if isinstance(heard, SentSomethingElse) else "sticker"
    return Next(state, [PictureRefused(trouble=kind, identity=isinstance(state, IDENTITY))], intent="picture_refused")


async def back_to_id_types(state: SendingId | SendingSelfie, tap: GoBack, turn: Turn) -> Next[Idle | Proving]:
    """From the pictures of an ID back to which ID it is."""
    order = await _verified(state.order_id, turn)
    return ask_id_type(of(order), turn) if order else Next(Idle(), [menu(turn)])


async def stop_proving(state: State, tap: GoBack | Cancel, turn: Turn) -> Next[Idle]:
    """Leave it for later: what was sent and not yet taken is deleted by itself."""
    return Next(Idle(), [menu(turn)])


async def _identify(order_id: int, id_type: str, files: tuple[int, ...], turn: Turn) -> Next[AfterId]:
    """Ask for what is missing; hand both pictures over once they are there."""
    if not files:
        return Next(SendingId(order_id=order_id, id_type=id_type), [AskId(id_type=id_type)], intent="prove_id")
    if len(files) == 1:
        waiting = SendingSelfie(order_id=order_id, id_type=id_type, file_id=files[0])
        return Next(waiting, [AskSelfie()], intent="prove_selfie")
    try:
        sent = await ask(
            proofs.submit,
            shopper_id=turn.shopper_id,
            order_id=order_id,
            kind="identity",
            rules=turn.rules,
            file_id=files[0],
            selfie_file_id=files[1],
            id_type=id_type,
        )
    except NotFound:
        refused = PictureRefused(trouble="dead", identity=True)
        return Next(SendingId(order_id=order_id, id_type=id_type), [refused], intent="prove_gone")
    except UnknownOrder:
        return Next(ViewingOrder(order_id=order_id), [UnknownOrderText()])
    except proofs.NothingToProve as over:
        return Next(ViewingOrder(order_id=order_id), [NothingToProve(status=over.status, paid=over.is_paid)])
    received = IdReceived(
        order_id=order_id,
        number=sent.number,
        days=turn.rules.identity_kept_days,
        checkout=turn.draft != Draft(),
    )
    return Next(ViewingOrder(order_id=order_id), [received], intent="prove_identity")


async def _verified(order_id: int, turn: Turn) -> Awaiting | None:
    """The order, where it waits for an ID."""
    waiting = await ask(proofs.awaiting, shopper_id=turn.shopper_id, rules=turn.rules)
    return next((order for order in waiting if order.order_id == order_id and order.identity), None)


async def _no_longer(state: Here, order_id: int, turn: Turn) -> Next[Here]:
    """Say why an order needs no proof; nothing of somebody else's."""
    orders = await ask(proofs.orders_of, shopper_id=turn.shopper_id, ids=(order_id,))
    if not orders:
        return Next(state, [UnknownOrderText()])
    (order,) = orders
    return Next(state, [NothingToProve(number=order.number, status=order.status, paid=order.is_paid)])


def _refused(heard: SentPictures) -> PictureRefused:
    trouble = next(iter(heard.troubles), "several") if not heard.files else "several"
    return PictureRefused(trouble=trouble, identity=True)


PROVING = Dialog(
    "proving",
    (
        On(ANYWHERE, SentPictures, hear_pictures),
        On(ANYWHERE, SaysPaid, hear_paid),
        On(ANYWHERE, ProveOrder, prove_order),
        On(ANYWHERE, ChooseId, choose_id),
        On(SendingProof, Typed, hear_reference),
        On(ChoosingIdType, Typed, name_id),
        On(ChoosingIdType, SentPictures, more_pictures),
        On(SendingId, SentPictures, take_id),
        On(SendingSelfie, SentPictures, take_selfie),
        On(SendingProof, (SentLike, SentSomethingElse), ask_for_picture),
        On((ChoosingIdType, SendingId, SendingSelfie), (SentLike, SentSomethingElse), ask_for_picture),
        On((SendingId, SendingSelfie), GoBack, back_to_id_types),
        On((ChoosingProof, SendingProof, ChoosingIdType), GoBack, stop_proving),
        On(ASKED, Cancel, stop_proving),
    ),
)
