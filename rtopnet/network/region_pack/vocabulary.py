"""The closed lists of words a pack may use."""

KINDS = ("real", "exercise")
CRIMES = ("genocide", "war_crimes", "ethnic_cleansing", "crimes_against_humanity")
STATE_POSTS = ("focal_point", "deputy", "contributor")
REGIONAL_POSTS = ("secretariat", "analyst", "un_liaison", "trainer", "operator")
POSTS = (*STATE_POSTS, *REGIONAL_POSTS)
INSTITUTIONS = (
    "secretariat",
    "foreign_ministry",
    "ministry",
    "national_mechanism",
    "human_rights_body",
    "parliament",
    "peace_institute",
    "humanitarian_body",
    "research_body",
    "un_office",
    "other",
)
VERIFIED = ("day", "month", "year", "none")
OUTCOMES = ("all", "state_based", "non_state", "one_sided")
HOLDINGS = ("country_month", "region_month", "events", "boundaries", "boundaries_level1", "crosswalk")
DESKS = ("focal_point", "deputy", "secretariat")
"""Posts whose holders write the records of an exercise's story."""
MARKINGS = ("RED", "AMBER+STRICT", "AMBER", "GREEN", "CLEAR")
RECORDS = ("situation_report", "incident_report", "briefing_note", "concept_paper", "request", "other")
