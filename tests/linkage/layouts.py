"""One generic layout a public set: which columns say what, nothing tuned beyond it."""


def generic(identifier: str, record: str, /, **kinds: str) -> str:
    """A layout file as an analyst writes it: field → kind."""
    fields = "\n".join(f'{name} = {{ kind = "{kind}" }}' for name, kind in kinds.items())
    return f'identifier = "{identifier}"\nrecord = "{record}"\n[fields]\n{fields}\n'


FAKE = generic(
    "none", "unique_id",
    first_name="name", surname="name", dob="date", city="text", email="contact",
)  # fmt: skip
FEBRL = generic(
    "opaque", "rec_id",
    given_name="name", surname="name", street_number="code", address_1="text", address_2="text", suburb="text",
    postcode="code", state="sex", date_of_birth="date", soc_sec_id="identifier",
)  # fmt: skip
PERSON = {
    "given": "name", "middle": "name", "family": "name", "born": "date", "sex": "sex", "house": "code",
    "street": "text", "city": "text", "postcode": "code", "phone": "contact",
}  # fmt: skip
