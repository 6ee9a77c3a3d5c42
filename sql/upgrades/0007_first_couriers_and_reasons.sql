-- From 0.1.0: a shop has the usual couriers, and reasons to refuse a proof, unless it has written some of its own.
-- Safe beside 0.1.0: it knows neither table.
USE quicksell_chatbot;

-- The couriers that a new shop begins with; deleted ones stay deleted. A link without {number} is a page on which shoppers
-- type the number themselves; where none is sure, there is none.
INSERT INTO couriers (name, link, display_order)
SELECT seed.name, seed.link, seed.display_order
FROM (
    SELECT 'J&T Express' AS name, 'https://www.jtexpress.ph/trajectoryQuery' AS link, 1 AS display_order
    UNION ALL SELECT 'LBC', 'https://www.lbcexpress.com/track/?tracking_no={number}', 2
    UNION ALL SELECT 'Flash Express', 'https://www.flashexpress.ph/fle/tracking?se={number}', 3
    UNION ALL SELECT 'SPX Express', 'https://spx.ph/track?{number}', 4
    UNION ALL SELECT '2GO', '', 5
    UNION ALL SELECT 'Grab', '', 6
    UNION ALL SELECT 'Own rider', '', 7
) AS seed
WHERE NOT EXISTS (SELECT 1 FROM couriers)
  AND NOT EXISTS (SELECT 1 FROM reply_versions WHERE kind = 'courier');

-- Why proofs are refused, as a new shop begins: five reasons of each kind, and how to try again.
INSERT INTO review_reasons (name, kind, title, words_en, words_fil, display_order)
SELECT seed.name, seed.kind, seed.title, seed.words_en, seed.words_fil, seed.display_order
FROM (
    SELECT 'payment_unreadable' AS name, 'payment' AS kind, 'Picture cannot be read' AS title,
        'We couldn’t read the receipt in your picture. Please send a clear screenshot that shows the amount, the date and the whole reference number.' AS words_en,
        'Hindi po namin mabasa ang resibo sa picture. Pakisend po ulit ng malinaw na screenshot kung saan kita ang amount, petsa at buong reference number.' AS words_fil,
        1 AS display_order
    UNION ALL SELECT 'payment_amount', 'payment', 'Amount is not right',
        'The amount on your receipt isn’t the amount we asked for. Please send the rest and its screenshot here, or the right receipt if this was another one.',
        'Hindi po tugma ang amount sa resibo sa hiningi naming bayad. Pakibayaran po ang kulang at isend dito ang screenshot, o isend ang tamang resibo kung iba po ang naisend ninyo.',
        2
    UNION ALL SELECT 'payment_account', 'payment', 'Sent to another account',
        'This payment didn’t go to our account. Please check the account name and number that we gave you here, then send the screenshot of the payment to that account.',
        'Hindi po sa account namin napunta ang bayad na ito. Pakitingnan po ang account name at number na ibinigay namin dito, at isend ang screenshot ng bayad sa account na iyon.',
        3
    UNION ALL SELECT 'payment_missing', 'payment', 'Money has not arrived',
        'We can’t find this payment in our account. Please check in your app that it went through, then send its reference number and screenshot again.',
        'Hindi po namin makita ang bayad na ito sa account namin. Pakitingnan po sa app ninyo kung pumasok na, tapos isend po ulit ang reference number at screenshot.',
        4
    UNION ALL SELECT 'payment_used', 'payment', 'Receipt of another order',
        'This receipt was already used for another order. Please send the screenshot of the payment for this order, with its own reference number.',
        'Nagamit na po ang resibong ito sa ibang order. Pakisend po ang screenshot ng bayad para sa order na ito, na may sarili nitong reference number.',
        5
    UNION ALL SELECT 'identity_unreadable', 'identity', 'Picture cannot be read',
        'We couldn’t read your ID in the picture. Please take it again in good light, without flash, and close enough to read the name.',
        'Hindi po namin mabasa ang ID sa picture. Pakikuhanan po ulit sa maliwanag na lugar, walang flash, at malapit para mabasa ang pangalan.',
        1
    UNION ALL SELECT 'identity_cut_off', 'identity', 'Part of the ID is missing',
        'Part of your ID is cut off or covered. Please send a picture in which all four corners show and nothing is covered.',
        'May bahagi po ng ID na putol o natatakpan. Pakisend po ulit ng picture na kita ang apat na sulok at walang nakatakip.',
        2
    UNION ALL SELECT 'identity_not_accepted', 'identity', 'Not an ID that we take',
        'We can’t take this ID, or it has expired. Please send another valid one: UMID, driver’s license, passport, PhilSys, or your student or company ID.',
        'Hindi po namin matanggap ang ID na ito, o expired na po. Pakisend po ang ibang valid ID: UMID, driver’s license, passport, PhilSys, o student o company ID.',
        3
    UNION ALL SELECT 'identity_selfie', 'identity', 'Selfie does not fit',
        'We couldn’t match your selfie with your ID. Please send a new selfie, with your face in good light and your ID held beside it.',
        'Hindi po namin maitugma ang selfie sa ID. Pakisend po ang bagong selfie na maliwanag ang mukha at hawak ang ID sa tabi nito.',
        4
    UNION ALL SELECT 'identity_name', 'identity', 'Name is another one',
        'The name on the ID isn’t the name on your order. Please send the ID of the person who will receive the order, or tell us here who they are.',
        'Magkaiba po ang pangalan sa ID at sa order. Pakisend po ang ID ng tatanggap ng order, o sabihin po dito kung sino siya.',
        5
) AS seed
WHERE NOT EXISTS (SELECT 1 FROM review_reasons)
  AND NOT EXISTS (SELECT 1 FROM reply_versions WHERE kind = 'reason');
