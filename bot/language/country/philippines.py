"""The Philippines' regions and provinces, and what people call cities and provinces; the rest is in `barangays.txt`.

Source: the Philippine Standard Geographic Code of 12 October 2026.
"""

METRO_MANILA = "Metro Manila"

REGIONS: dict[str, str] = {
    "National Capital Region": METRO_MANILA,
    "Cordillera Administrative Region": "Abra, Apayao, Benguet, Ifugao, Kalinga, Mountain Province",
    "Ilocos Region": "Ilocos Norte, Ilocos Sur, La Union, Pangasinan",
    "Cagayan Valley": "Batanes, Cagayan, Isabela, Nueva Vizcaya, Quirino",
    "Central Luzon": "Aurora, Bataan, Bulacan, Nueva Ecija, Pampanga, Tarlac, Zambales",
    "CALABARZON": "Batangas, Cavite, Laguna, Quezon, Rizal",
    "MIMAROPA": "Marinduque, Occidental Mindoro, Oriental Mindoro, Palawan, Romblon",
    "Bicol Region": "Albay, Camarines Norte, Camarines Sur, Catanduanes, Masbate, Sorsogon",
    "Western Visayas": "Aklan, Antique, Capiz, Guimaras, Iloilo",
    "Negros Island Region": "Negros Occidental, Negros Oriental, Siquijor",
    "Central Visayas": "Bohol, Cebu",
    "Eastern Visayas": "Biliran, Eastern Samar, Leyte, Northern Samar, Samar, Southern Leyte",
    "Zamboanga Peninsula": "Zamboanga del Norte, Zamboanga del Sur, Zamboanga Sibugay, Sulu",
    "Northern Mindanao": "Bukidnon, Camiguin, Lanao del Norte, Misamis Occidental, Misamis Oriental",
    "Davao Region": "Davao de Oro, Davao del Norte, Davao del Sur, Davao Occidental, Davao Oriental",
    "SOCCSKSARGEN": "Cotabato, Sarangani, South Cotabato, Sultan Kudarat",
    "Caraga": "Agusan del Norte, Agusan del Sur, Dinagat Islands, Surigao del Norte, Surigao del Sur",
    "BARMM": "Basilan, Lanao del Sur, Maguindanao del Norte, Maguindanao del Sur, Tawi-Tawi",
}
"""The provinces of each region."""

CITY_NAMES: dict[str, str] = {
    "qc": "Quezon City", "q c": "Quezon City", "q city": "Quezon City", "quezon": "Quezon City",
    "kyusi": "Quezon City", "bgc": "Taguig", "alabang": "Muntinlupa", "cubao": "Quezon City",
    "las pinas": "Las Piñas", "mla": "Manila", "city of manila": "Manila", "cebu": "Cebu City", "davao": "Davao City",
    "iloilo": "Iloilo City", "zamboanga": "Zamboanga City", "cdo": "Cagayan de Oro City",
    "cagayan de oro": "Cagayan de Oro City", "gensan": "General Santos City", "gen san": "General Santos City",
    "general santos": "General Santos City", "sjdm": "San Jose del Monte City", "csjdm": "San Jose del Monte City",
    "dasma": "Dasmariñas City", "gentri": "General Trias City", "gen trias": "General Trias City",
    "sta rosa": "Santa Rosa City", "sto tomas": "Santo Tomas City", "samal": "Island Garden City of Samal",
    "ppc": "Puerto Princesa City", "puerto": "Puerto Princesa City", "lapulapu": "Lapu-Lapu City",
    "lapu lapu": "Lapu-Lapu City", "mactan": "Lapu-Lapu City", "val": "Valenzuela", "mandaue": "Mandaue City",
    "boracay": "Malay", "pque": "Parañaque", "p que": "Parañaque", "paranaq": "Parañaque",
    "mkti": "Makati", "kalookan": "Caloocan", "calookan": "Caloocan", "caloc": "Caloocan",
    "north caloocan": "Caloocan", "south caloocan": "Caloocan", "munti": "Muntinlupa", "muntin": "Muntinlupa",
    "the fort": "Taguig", "fort bonifacio": "Taguig", "mckinley hill": "Taguig", "mrkna": "Marikina",
    "mkna": "Marikina", "valenz": "Valenzuela", "mandal": "Mandaluyong", "laspi": "Las Piñas", "lp city": "Las Piñas",
    "novaliches": "Quezon City", "nova qc": "Quezon City", "quezon cty": "Quezon City",
    "antips": "Antipolo City", "elbi": "Los Baños", "zambo": "Zamboanga City", "cdeo": "Cagayan de Oro City",
    "cdo city": "Cagayan de Oro City", "bagyo": "Baguio City",
    "csfp": "San Fernando City, Pampanga", "gapo": "Olongapo City", "tugue": "Tuguegarao City", "dvo": "Davao City",
    "marbel": "Koronadal City", "legaspi": "Legazpi City", "trece": "Trece Martires City",
    "gma": "Gen. Mariano Alvarez", "gma cavite": "Gen. Mariano Alvarez", "meycauyan": "Meycauayan City",
    "sanfo lu": "San Fernando City, La Union",
    "tagbi": "Tagbilaran City", "igacos": "Island Garden City of Samal",
    "caloocan north": "Caloocan", "caloocan south": "Caloocan", "montalban": "Rodriguez", "opon": "Lapu-Lapu City",
    "dadiangas": "General Santos City", "nueva caceres": "Naga City, Camarines Sur",
    "caticlan": "Malay", "ozamis": "Ozamiz City",
    "baliuag": "Baliwag City", "llc": "Lapu-Lapu City", "dgte": "Dumaguete City",
    "mingla": "Minglanilla", "la trini": "La Trinidad", "cab city": "Cabanatuan City",
    "zc": "Zamboanga City", "zambo city": "Zamboanga City", "eastwood city": "Quezon City",
    "q c city": "Quezon City", "quezon citi": "Quezon City", "makati cbd": "Makati",
    "nuvali": "Santa Rosa City", "mnl": "Manila",
}  # fmt: skip
"""What people call cities, in plain letters; with the province where several are called so."""

_DISTRICTS = {
    "Quezon City": (
        "sm north, sm north edsa, trinoma, eastwood, fairview, sm fairview, commonwealth, diliman, "
        "katipunan qc, kamuning, timog, tomas morato, project 4, project 6, project 8, lagro, tandang sora, "
        "balintawak, batasan hills, batasan, payatas, banawe, araneta, araneta city, gateway cubao, ali mall, sm "
        "novaliches, up diliman, la loma"
    ),
    "Manila": (
        "binondo, quiapo, tondo, malate, ermita, sta mesa, santa mesa, intramuros, divisoria, pandacan, sta ana "
        "manila, sm manila, sm san lazaro, recto, espana, u belt, sta cruz manila, blumentritt, "
        "port area"
    ),
    "Makati": (
        "rockwell, greenbelt, glorietta, guadalupe, magallanes, ayala makati, legazpi village, salcedo village, "
        "poblacion makati"
    ),
    "Taguig": (
        "uptown bgc, high street bgc, bonifacio global city, mckinley, mckinley west, market market, sm aura, fti, "
        "bicutan taguig, lower bicutan, upper bicutan, signal village, arca south"
    ),
    "Pasig": "ortigas, ortigas center, kapitolyo, tiendesitas, estancia mall, capitol commons, manggahan, pinagbuhatan",
    "Mandaluyong": "sm megamall, megamall, shangri la plaza, boni, shaw, sm light, greenfield",
    "San Juan": "greenhills",
    "Pasay": "moa, sm moa, mall of asia, naia, baclaran pasay, newport city, resorts world",
    "Parañaque": (
        "bf homes, bf paranaque, sm bf, sm bicutan, sm sucat, baclaran, merville, okada, pitx, don bosco paranaque"
    ),
    "Muntinlupa": "filinvest alabang, festival mall, ayala alabang, tunasan, starmall alabang",
    "Las Piñas": "sm southmall, southmall, pamplona las pinas, bf resort, almanza",
    "Caloocan": "monumento, bagong silang, camarin, grace park, deparo, bagong barrio, sm grand central, tala caloocan",
    "Valenzuela": "malinta, karuhatan, marulas, sm valenzuela",
    "Malabon": "potrero, hulong duhat, robinsons malabon",
    "Marikina": "sm marikina, parang marikina, concepcion uno, concepcion dos, marikina heights",
    "Bacoor City": "molino, sm bacoor, sm molino, talaba",
    "Imus City": "anabu, vermosa",
    "Dasmariñas City": "salitran, paliparan, sm dasma",
    "Cebu City": "it park, it park cebu, ayala cebu, sm cebu, sm seaside, lahug, talamban, mabolo, colon cebu, fuente",
    "Davao City": "toril, matina, bajada, buhangin, sm lanang, abreeza, sm davao",
    "Iloilo City": "jaro, la paz iloilo, sm iloilo",
    "Angeles City": "balibago",
    "Mabalacat City": "dau",
    "Cainta": "sta lucia east, sm east ortigas",
    "Antipolo City": "cogeo, masinag, sm masinag",
    "Baguio City": "sm baguio, session road",
    "Los Baños": "uplb",
    "Bacolod City": "sm bacolod",
    "Cagayan de Oro City": "sm cdo, limketkai, centrio",
}  # fmt: skip
DISTRICTS: dict[str, str] = {name: city for city, names in _DISTRICTS.items() for name in names.split(", ")}
"""Districts, villages and malls by whose names people say where they are, and the city of each: they tell it where an
address names no other."""

PROVINCE_NAMES: dict[str, str] = {
    "mm": METRO_MANILA, "m manila": METRO_MANILA, "ncr": METRO_MANILA, "national capital region": METRO_MANILA,
    "metropolitan manila": METRO_MANILA,
    "metromanila": METRO_MANILA, "metro mla": METRO_MANILA, "camsur": "Camarines Sur", "cam sur": "Camarines Sur",
    "camnorte": "Camarines Norte", "cam norte": "Camarines Norte", "negocc": "Negros Occidental",
    "neg occ": "Negros Occidental", "negor": "Negros Oriental", "neg or": "Negros Oriental",
    "misor": "Misamis Oriental", "mis or": "Misamis Oriental", "misocc": "Misamis Occidental",
    "zambo sur": "Zamboanga del Sur", "zambo norte": "Zamboanga del Norte", "zds": "Zamboanga del Sur",
    "zdn": "Zamboanga del Norte", "compostela valley": "Davao de Oro", "comval": "Davao de Oro",
    "north cotabato": "Cotabato", "western samar": "Samar", "or mindoro": "Oriental Mindoro",
    "occ mindoro": "Occidental Mindoro", "davnor": "Davao del Norte", "davsur": "Davao del Sur",
    "davor": "Davao Oriental", "mt province": "Mountain Province", "socot": "South Cotabato",
    "surnor": "Surigao del Norte", "sursur": "Surigao del Sur", "agnor": "Agusan del Norte", "tawi tawi": "Tawi-Tawi",
    "n ecija": "Nueva Ecija", "ne": "Nueva Ecija", "lu": "La Union",
    "n vizcaya": "Nueva Vizcaya",
}  # fmt: skip
"""What people call provinces, in plain letters."""
