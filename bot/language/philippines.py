"""The Philippines' regions, provinces and cities, and what people call them.

Source: the Philippine Standard Geographic Code as of 2024 (17 regions and the Negros Island Region). Cities are listed;
towns are not, so a place that is not here is a town whose province must be asked.
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

CITIES: dict[str, str] = {
    METRO_MANILA: "Caloocan, Las Piñas, Makati, Malabon, Mandaluyong, Manila, Marikina, Muntinlupa, Navotas, Parañaque,"
    " Pasay, Pasig, Pateros, Quezon City, San Juan, Taguig, Valenzuela",
    "Abra": "Bangued",
    "Agusan del Norte": "Butuan City, Cabadbaran City",
    "Agusan del Sur": "Bayugan City",
    "Aklan": "Kalibo, Malay",
    "Albay": "Legazpi City, Ligao City, Tabaco City",
    "Basilan": "Isabela City, Lamitan City",
    "Bataan": "Balanga City",
    "Batangas": "Batangas City, Calaca City, Lipa City, Santo Tomas City, Tanauan City",
    "Benguet": "Baguio City, La Trinidad",
    "Bohol": "Tagbilaran City, Panglao",
    "Bukidnon": "Malaybalay City, Valencia City",
    "Bulacan": "Baliwag City, Malolos City, Meycauayan City, San Jose del Monte City",
    "Cagayan": "Tuguegarao City",
    "Camarines Norte": "Daet",
    "Camarines Sur": "Iriga City, Naga City",
    "Capiz": "Roxas City",
    "Cavite": "Bacoor City, Carmona City, Cavite City, Dasmariñas City, General Trias City, Imus City, Tagaytay City,"
    " Trece Martires City",
    "Cebu": "Bogo City, Carcar City, Cebu City, Danao City, Lapu-Lapu City, Mandaue City, Naga City, Talisay City,"
    " Toledo City, Consolacion, Minglanilla",
    "Cotabato": "Kidapawan City",
    "Davao Oriental": "Mati City",
    "Davao del Norte": "Panabo City, Island Garden City of Samal, Tagum City",
    "Davao del Sur": "Davao City, Digos City",
    "Eastern Samar": "Borongan City",
    "Ilocos Norte": "Batac City, Laoag City",
    "Ilocos Sur": "Candon City, Vigan City",
    "Iloilo": "Iloilo City, Passi City",
    "Isabela": "Cauayan City, Ilagan City, Santiago City",
    "Kalinga": "Tabuk City",
    "La Union": "San Fernando City",
    "Laguna": "Biñan City, Cabuyao City, Calamba City, San Pablo City, San Pedro City, Santa Rosa City, Los Baños",
    "Lanao del Norte": "Iligan City",
    "Lanao del Sur": "Marawi City",
    "Leyte": "Baybay City, Ormoc City, Tacloban City",
    "Maguindanao del Norte": "Cotabato City",
    "Masbate": "Masbate City",
    "Misamis Occidental": "Oroquieta City, Ozamiz City, Tangub City",
    "Misamis Oriental": "Cagayan de Oro City, El Salvador City, Gingoog City",
    "Negros Occidental": "Bacolod City, Bago City, Cadiz City, Escalante City, Himamaylan City, Kabankalan City,"
    " La Carlota City, Sagay City, San Carlos City, Silay City, Sipalay City, Talisay City, Victorias City",
    "Negros Oriental": "Bais City, Bayawan City, Canlaon City, Dumaguete City, Guihulngan City, Tanjay City",
    "Northern Samar": "Catarman",
    "Nueva Ecija": "Cabanatuan City, Gapan City, Muñoz City, Palayan City, San Jose City",
    "Oriental Mindoro": "Calapan City",
    "Palawan": "Puerto Princesa City",
    "Pampanga": "Angeles City, Mabalacat City, San Fernando City",
    "Pangasinan": "Alaminos City, Dagupan City, San Carlos City, Urdaneta City",
    "Quezon": "Lucena City, Tayabas City",
    "Rizal": "Antipolo City, Cainta, Taytay",
    "Samar": "Calbayog City, Catbalogan City",
    "Sorsogon": "Sorsogon City",
    "South Cotabato": "General Santos City, Koronadal City",
    "Southern Leyte": "Maasin City",
    "Sultan Kudarat": "Tacurong City",
    "Surigao del Norte": "Surigao City",
    "Surigao del Sur": "Bislig City, Tandag City",
    "Tarlac": "Tarlac City",
    "Zambales": "Olongapo City",
    "Zamboanga del Norte": "Dapitan City, Dipolog City",
    "Zamboanga del Sur": "Pagadian City, Zamboanga City",
}
"""The cities of each province, and a few towns that everybody orders from."""

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
    "boracay": "Malay",
}  # fmt: skip
"""What people call cities, in plain letters."""

PROVINCE_NAMES: dict[str, str] = {
    "mm": METRO_MANILA, "m manila": METRO_MANILA, "ncr": METRO_MANILA, "national capital region": METRO_MANILA,
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
    "n ecija": "Nueva Ecija", "n vizcaya": "Nueva Vizcaya", "quezon province": "Quezon",
}  # fmt: skip
"""What people call provinces, in plain letters."""
