# SPDX-License-Identifier: AGPL-3.0-or-later
"""Code tables that no input carries."""

SUBUNIT_COUNTRIES = {"USA": "US", "CAN": "CA", "AUS": "AU", "BRA": "BR"}

FIPS_STATES = dict(pair.split(":") for pair in (
    "01:AL 02:AK 04:AZ 05:AR 06:CA 08:CO 09:CT 10:DE 11:DC 12:FL 13:GA 15:HI 16:ID 17:IL "
    "18:IN 19:IA 20:KS 21:KY 22:LA 23:ME 24:MD 25:MA 26:MI 27:MN 28:MS 29:MO 30:MT 31:NE "
    "32:NV 33:NH 34:NJ 35:NM 36:NY 37:NC 38:ND 39:OH 40:OK 41:OR 42:PA 44:RI 45:SC 46:SD "
    "47:TN 48:TX 49:UT 50:VT 51:VA 53:WA 54:WV 55:WI 56:WY 60:AS 66:GU 69:MP 72:PR 78:VI").split())

# Natural Earth's postal codes of Australian states → ISO 3166-2.
AUSTRALIA = {"WA": "WA", "NT": "NT", "SA": "SA", "QL": "QLD", "TS": "TAS", "VI": "VIC", "CT": "ACT",
             "NS": "NSW"}

NAMES = {
    "CA": {"AB": "Alberta", "BC": "British Columbia", "MB": "Manitoba", "NB": "New Brunswick",
           "NL": "Newfoundland and Labrador", "NS": "Nova Scotia", "NT": "Northwest Territories",
           "NU": "Nunavut", "ON": "Ontario", "PE": "Prince Edward Island", "QC": "Québec",
           "SK": "Saskatchewan", "YT": "Yukon"},
    "AU": {"WA": "Western Australia", "NT": "Northern Territory", "SA": "South Australia",
           "QLD": "Queensland", "TAS": "Tasmania", "VIC": "Victoria",
           "ACT": "Australian Capital Territory", "NSW": "New South Wales"},
    "BR": {"AC": "Acre", "AL": "Alagoas", "AM": "Amazonas", "AP": "Amapá", "BA": "Bahia",
           "CE": "Ceará", "DF": "Distrito Federal", "ES": "Espírito Santo", "GO": "Goiás",
           "MA": "Maranhão", "MG": "Minas Gerais", "MS": "Mato Grosso do Sul", "MT": "Mato Grosso",
           "PA": "Pará", "PB": "Paraíba", "PE": "Pernambuco", "PI": "Piauí", "PR": "Paraná",
           "RJ": "Rio de Janeiro", "RN": "Rio Grande do Norte", "RO": "Rondônia", "RR": "Roraima",
           "RS": "Rio Grande do Sul", "SC": "Santa Catarina", "SE": "Sergipe", "SP": "São Paulo",
           "TO": "Tocantins"},
    "US": {"AL": "Alabama", "AK": "Alaska", "AZ": "Arizona", "AR": "Arkansas", "CA": "California",
           "CO": "Colorado", "CT": "Connecticut", "DE": "Delaware", "DC": "District of Columbia",
           "FL": "Florida", "GA": "Georgia", "HI": "Hawaii", "ID": "Idaho", "IL": "Illinois",
           "IN": "Indiana", "IA": "Iowa", "KS": "Kansas", "KY": "Kentucky", "LA": "Louisiana",
           "ME": "Maine", "MD": "Maryland", "MA": "Massachusetts", "MI": "Michigan",
           "MN": "Minnesota", "MS": "Mississippi", "MO": "Missouri", "MT": "Montana",
           "NE": "Nebraska", "NV": "Nevada", "NH": "New Hampshire", "NJ": "New Jersey",
           "NM": "New Mexico", "NY": "New York", "NC": "North Carolina", "ND": "North Dakota",
           "OH": "Ohio", "OK": "Oklahoma", "OR": "Oregon", "PA": "Pennsylvania",
           "RI": "Rhode Island", "SC": "South Carolina", "SD": "South Dakota", "TN": "Tennessee",
           "TX": "Texas", "UT": "Utah", "VT": "Vermont", "VA": "Virginia", "WA": "Washington",
           "WV": "West Virginia", "WI": "Wisconsin", "WY": "Wyoming"},
}


def subunit(country, postal):
    """ISO 3166-2 code and name; ("", "") for what is no state (Jervis Bay)."""
    if country == "AU":
        postal = AUSTRALIA.get(postal, "")
    name = NAMES[country].get(postal)
    return (f"{country}-{postal}", name) if name else ("", "")
