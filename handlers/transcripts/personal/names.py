"""Names of nobody, which stand for those of people."""

FIRST = (
    *(
        "Alon",
        "Basilio",
        "Celso",
        "Dakila",
        "Elmo",
        "Fe",
        "Gino",
        "Hiyas",
        "Isko",
        "Jana",
        "Kiko",
        "Luningning",
        "Mutya",
    ),
    *("Nilo", "Osang", "Pina", "Quino", "Rosing", "Sinag", "Tomasina", "Usman", "Vida", "Wena", "Yumi", "Zeny"),
)
LAST = (
    *("Agbayani", "Bulanadi", "Caliwag", "Dimaano", "Ebrada", "Fuego", "Galang", "Hizon", "Ibarra", "Jalandoni"),
    *("Katigbak", "Lacsamana", "Macaraeg", "Nolasco", "Ocampo", "Panganiban", "Quizon", "Rivera", "Sumulong", "Tatad"),
)
"""First and last names: none is a word that the shop understands, nor a place."""
