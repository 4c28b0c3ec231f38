"""Lines that tell of an article, in both languages, and lines that only look like it."""

from __future__ import annotations

import pytest

from tqcheck.readers.datelines import is_dateline


@pytest.mark.parametrize(
    "line",
    [
        "(Paris)",
        "(Bamako, Mali)",
        "PARIS (AFP) —",
        "BAMAKO, Mali (AP) —",
        "Publié le 24 septembre 2021 à 16 h 23",
        "Publié le 24\u00a0septembre 2021 à 16\u202fh\u202f23",
        "Publié le 24 septembre 2021 à 16h23, mis à jour le 25/09/2021 à 08:00",
        "Mis à jour le 2 janvier 2022",
        "Dernière mise à jour : 24 septembre 2021",
        "Publié aujourd'hui à 16 h 23",
        "Published on 24 September 2021 at 4:23 p.m.",
        "Published Sept. 24, 2021",
        "Updated: September 24, 2021, 4:23 pm",
        "Last updated on Friday, 24 September 2021 at 16:23 GMT",
        "Published on 24 September 2021 at 4:23 p.m. by Jean Dupont",
        "Par Jean Dupont",
        "Par Jean-Marc Le Dû et Anne de La Tour",
        "Par Jean Dupont | Publié le 24/09/2021 à 16:23",
        "Propos recueillis par Anne Martin",
        "By Jane Doe and John Smith",
        "By JANE DOE, special correspondent in Bamako",
        "24 septembre 2021",
        "Vendredi 24 septembre 2021",
        "le 1er janvier 2020",
        "September 24, 2021",
        "2021-09-24",
        "20.10.2023",
        "Paris, le 24 septembre 2021",
        "Paris, 24 September 2021",
        "Le Monde avec AFP",
        "AFP",
    ],
)
def test_datelines(line: str) -> None:
    assert is_dateline(line)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "Paris",
        "Mali",
        "2021",
        "16 h 23",
        "12-14",
        "24 soldats",
        "Mars 2020",
        "En mai",
        "Publié chez Gallimard",
        "Published by the ministry",
        "Mise à jour de la doctrine",
        "Par ailleurs",
        "Par la route de Paris",
        "By the book",
        "Le 24 septembre 2021, un soldat est mort.",
        "Il est venu le 24 septembre 2021",
        "(Paris) – Le président a parlé.",
        "BAMAKO, Mali (AP) — A soldier died.",
        "(voir plus haut)",
        "(Il a ri.)",
        "L'AFP",
        "Paris Match",
        "Maxime Blasco",
        "24 septembre 2021 " * 20,
    ],
)
def test_no_datelines(line: str) -> None:
    assert not is_dateline(line)
