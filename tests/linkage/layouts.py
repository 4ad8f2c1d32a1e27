"""One generic layout a public set: which columns say what, nothing tuned beyond it."""

FAKE = """
identifier = "none"
record = "unique_id"
[fields]
first_name = { kind = "name" }
surname = { kind = "name" }
dob = { kind = "date" }
city = { kind = "text" }
email = { kind = "contact" }
"""
FEBRL = """
identifier = "opaque"
record = "rec_id"
[fields]
given_name = { kind = "name" }
surname = { kind = "name" }
street_number = { kind = "code" }
address_1 = { kind = "text" }
address_2 = { kind = "text" }
suburb = { kind = "text" }
postcode = { kind = "code" }
state = { kind = "sex" }
date_of_birth = { kind = "date" }
soc_sec_id = { kind = "identifier" }
"""
