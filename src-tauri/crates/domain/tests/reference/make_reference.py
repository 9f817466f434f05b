#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""What python-codicefiscale says, for the tests of our own tax code.

    make_reference.py make > tax_code.tsv    writes the fixture (same bytes every time)
    make_reference.py answer                 reads questions from standard input, one a line, and
                                             writes each with its answer, tab separated, as in the fixture

Questions (tab separated):

    code TEXT                                is this a valid code, and what does it say
    forms CODE                               all 128 omocodic forms, sorted
    surname TEXT / name TEXT                 its three letters
    compute SURNAME NAME M|F YYYY-MM-DD PLACE

Answers to `code`: `ok OMOCODIC KEY SEX DAY MONTH YEAR2 PLACE`, or one of the reasons
`syntax`, `date`, `check`, `place`. `place` means that all is well but the register of places does not know the
birthplace at that date: the one thing that we accept and the package does not.
"""

import random
import re
import sys

from codicefiscale import codicefiscale as cf

OMOCODIA = "LMNPQRSTUV"
DIGIT = f"[0-9{OMOCODIA}]"
FORM = re.compile(
    rf"^[A-Z]{{6}}{DIGIT}{{2}}[ABCDEHLMPRST]{DIGIT}{{2}}[A-Z]{DIGIT}{{3}}[A-Z]$"
)
SEED = 20210102


def answer_code(text):
    clean = re.sub(r"[\s*-]", "", text).upper()
    if not FORM.match(clean):
        assert not cf.is_valid(text), "our form refuses what the package accepts"
        return ["syntax"]
    try:
        data = cf.decode(text)
    except ValueError as error:
        message = str(error)
        if "invalid date" in message:
            return ["date"]
        if "wrong CIN" in message or cf.encode_cin(clean) != clean[15]:
            return ["check"]
        if "birthplace" in message:
            return ["place"]
        raise
    born = data["birthdate"]
    return [
        "ok",
        "1" if cf.is_omocode(text) else "0",
        data["omocodes"][0],
        data["gender"],
        str(born.day),
        str(born.month),
        str(born.year % 100),
        data["birthplace"]["code"],
    ]


def answer(line):
    kind, *rest = line.split("\t")
    if kind == "code":
        return answer_code(rest[0])
    if kind == "forms":
        return [",".join(sorted(cf.decode(rest[0])["omocodes"]))]
    if kind == "surname":
        return [cf.encode_lastname(rest[0])]
    if kind == "name":
        return [cf.encode_firstname(rest[0])]
    if kind == "compute":
        surname, name, sex, born, place = rest
        return [cf.encode(surname, name, sex, born, place)]
    raise SystemExit(f"unknown question: {kind}")


SURNAMES = (
    "Rossi,Bianchi,Innocenti,Degl'Innocenti,D'Angelo,De Luca,Lo Presti,Nicolò,Fo,Re,Hu,Zoppè,Aiello,Io,"
    "Quispe Mamani,Popescu,Țurcanu,Șerban,Çela,N'Diaye,El Idrissi,Warnakulasuriya,Groß,Müller,Łukasik,"
    "Sørensen,Rossi-Bianchi,Ba,Lü,Ouali,Núñez,Dell'Agnello,Eze,Æbelø,Đorđević,O'Neill,Aa,X,Stoppa,Eni"
).split(",")
NAMES = (
    "Mario,Maria,Anna,Gianfranco,Alessandro,Niccolò,Maria Grazia,Ada,Io,Li,Fabio,Giovanni Battista,Noè,"
    "Desirée,Jean-Pierre,Ștefan,Aïssatou,Ndèye,Óscar,José Luis,Wei,Eva,Ugo,Iole,Æsa,Straße,Khady,Xhensila,"
    "Abdel Rahman,Y,Bo,Gëzim,Vjollca,Zhiyong,Leo,Ea,Tommaso,Francesca,Lapo,Iacopo"
).split(",")
PLACES = "D612,H501,F839,L219,A944,G273,Z100,Z129,Z210,Z611,Z216,Z343,Z330,B962,I684".split(",")


def shape(rng, code):
    """The same code as people write it."""
    how = rng.randrange(6)
    if how == 0:
        return code.lower()
    if how == 1:
        return f"*{code}*"
    if how == 2:
        return f"{code[:3]} {code[3:6]} {code[6:11]} {code[11:15]} {code[15]}"
    return code


def spoil(rng, code):
    """A code with one mistake, or with none that shows."""
    how = rng.randrange(9)
    at = rng.randrange(16)
    letter = rng.choice("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    if how == 0:  # a wrong check letter
        return code[:15] + letter
    if how == 1:  # another character somewhere
        return code[:at] + rng.choice("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") + code[at + 1 :]
    if how == 2:  # two neighbours exchanged
        at = min(at, 14)
        return code[:at] + code[at + 1] + code[at] + code[at + 2 :]
    if how == 3:  # one missing
        return code[:at] + code[at + 1 :]
    if how == 4:  # one too many
        return code[:at] + letter + code[at:]
    if how == 5:  # O for 0, I for 1
        return code.replace("0", "O").replace("1", "I")
    body = code[:15]
    if how == 6:  # any month and day, the check letter right
        body = body[:8] + rng.choice("ABCDEFGHLMPRST") + f"{rng.randrange(100):02}" + body[11:]
    elif how == 7:  # any place, the check letter right
        body = body[:11] + rng.choice("ABCDEFGHILMZ") + f"{rng.randrange(1000):03}"
    else:  # the end of February of any year
        body = body[:6] + f"{rng.randrange(100):02}B" + rng.choice(["28", "29", "30", "69", "70"]) + body[11:]
    return body + cf.encode_cin(body)


def questions():
    rng = random.Random(SEED)
    for surname in SURNAMES:
        yield f"surname\t{surname}"
    for name in NAMES:
        yield f"name\t{name}"
    codes = []
    for _ in range(700):
        surname, name = rng.choice(SURNAMES), rng.choice(NAMES)
        sex = rng.choice("MF")
        # From 1931, when all these places existed as they are; to 2020, so that no birth is in the future.
        born = f"{rng.randrange(1931, 2021)}-{rng.randrange(1, 13):02}-{rng.randrange(1, 29):02}"
        place = rng.choice(PLACES)
        yield f"compute\t{surname}\t{name}\t{sex}\t{born}\t{place}"
        codes.append(cf.encode(surname, name, sex, born, place))
    for code in codes:
        yield f"code\t{shape(rng, code)}"
    for code in codes:
        yield f"code\t{rng.choice(cf.decode(code)['omocodes'])}"
    for code in codes * 3:
        yield f"code\t{spoil(rng, code)}"
    for code in codes[:12]:
        yield f"forms\t{code}"
    for code in (
        "CCCFBA85D03L219P CCCFBA85D03L21VE CCCFBA85D03L2MVP CCCFBA85D03LNMVE CCCFBAURDLPLNMVU "
        "MRTMRA83T56A269B RSSMRA80A01D612Y CCCFBA85D03L219B GLABNC72H25H501Y"
    ).split():
        yield f"code\t{code}"


def main():
    mode = sys.argv[1] if len(sys.argv) == 2 else ""
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    sys.stdin.reconfigure(encoding="utf-8", newline="\n")
    if mode == "make":
        print("# SPDX-License-Identifier: EUPL-1.2")
        print("# Answers of python-codicefiscale; written by make_reference.py, which says what each line means.")
        lines = questions()
    elif mode == "answer":
        lines = (line.rstrip("\n") for line in sys.stdin)
    else:
        raise SystemExit(__doc__)
    for line in lines:
        print("\t".join([line, *answer(line)]))


if __name__ == "__main__":
    main()
