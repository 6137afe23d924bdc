import pytest
from forewarn.ingest.countries import country_unit, iso3_by_number, numbers_of
from forewarn.panel.regions import region_name, regions_of

NUMBERS = {
    775: "MMR",
    811: "KHM",
    812: "LAO",
    816: "VNM",
    817: "VNM",
    860: "TLS",
    678: "YEM",
    679: "YEM",
    680: "YEM",
    260: "DEU",
    340: "SRB",
    345: "SRB",
    365: "RUS",
    316: "CZE",
    626: "SSD",
    625: "SDN",
    347: "XKX",
    490: "COD",
    2: "USA",
}
# every first-level name that GED 23.1 gives in Myanmar, 1989 to 2015
NAMES = {
    "Shan state": "Shan",
    "Kayin state": "Kayin",
    "Karen state": "Kayin",
    "Kachin state": "Kachin",
    "Bago division": "Bago",
    "Bago region": "Bago",
    "Tanintharyi division": "Tanintharyi",
    "Tanintharyi region": "Tanintharyi",
    "Rakhine state": "Rakhine",
    "Mon state": "Mon",
    "Kayah state": "Kayah",
    "Yangon division": "Yangon",
    "Chin state": "Chin",
    "Ayeyarwady division": "Ayeyarwady",
    "Mandalay region": "Mandalay",
    "Sagaing district": "Sagaing",
    "Naypyidaw Union territory": "Naypyidaw",
    "Magwe division": "Magway",
    "Pegu": "Bago",
    "Rangoon division": "Yangon",
    "Arakan State": "Rakhine",
    "Tenasserim": "Tanintharyi",
    "Irrawaddy Division": "Ayeyarwady",
}


@pytest.mark.parametrize(("number", "iso3"), NUMBERS.items())
def test_country_numbers_have_their_code(number, iso3):
    assert country_unit(number) == iso3
    assert number in numbers_of(iso3)


def test_every_code_is_three_capitals():
    assert all(len(iso3) == 3 and iso3.isupper() for iso3 in iso3_by_number().values())


def test_a_number_without_a_code_keeps_its_number():
    assert country_unit(999) == "GW999"
    assert numbers_of("GW999") == [999]


@pytest.mark.parametrize(("found", "name"), NAMES.items())
def test_names_of_one_region_are_one(found, name):
    assert region_name("MMR", found) == name
    assert name in regions_of("MMR")


def test_elsewhere_the_word_for_the_kind_of_region_is_dropped():
    assert region_name("XAA", " Upper province ") == "Upper"
    assert region_name("XAA", "Karen state") == "Karen"
    assert region_name("XAA", "Province") == "Province"
    assert regions_of("XAA") == ()
