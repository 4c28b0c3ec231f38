"""A table of texts and the sentences that they are, for both languages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tqcheck.languages import sentences

FRENCH = [
    "Il est parti.| Elle reste.",
    "M. Le Drian a parlé.| Mme Borne aussi.",
    "Le 1er régiment part.| Le 7e bataillon reste.",
    "Le soldat du 2e.| Son chef du 7e.",
    "Cela coûte 1 234,5 euros.| C'est cher.",
    "Il a dit : « Je pars. »| Puis il est parti.",
    "« Nous partirons.| Nous reviendrons », a-t-il dit.",
    "« Nous partirons ! » a-t-il lancé.| Le public a ri.",
    "« Vraiment ? »| Elle doute.",
    "« Partez ! »\u00a0» crie-t-il.",
    "Pourquoi\u00a0?| Parce que.",
    "Quoi\u202f!?| Non\u202f!",
    "Il hésite… puis il part.| Il revient…| Enfin.",
    "J. Dupont et A.-M. Martin sont là.| Ils partent.",
    "Les É.-U. ont répondu.| La France aussi.",
    "Des fruits, des légumes, etc.| Le marché ferme à 16 h 23.",
    "Il habite av. Foch, à Paris.| Il travaille bd Voltaire.",
    "Né en 52 av. J.-C. à Rome, il mourut jeune.| On l'oublia.",
    "Voir l'art. 12 du code.| L'art. 13 l'abroge.",
    "Rendez-vous à 8 h.| Départ à 9 h.",
    "Le no. 12 est là.| Le n° 13 manque.",
    "(Paris)",
    "Publié le 24 septembre 2021 à 16 h 23",
    "L'armée (et son chef.) est partie.| Bien.",
    "Il a lu l'article du Monde.fr hier.| Puis il a dormi.",
    "– Oui, dit-il.| – Non, répondit-elle.",
    "Fin du XIXe s. en France.| Tout change.",
    "Le PIB a crû de 2,5 %.| 2021 fut meilleur.",
    "Sans fin",
    "",
]
ENGLISH = [
    "He left.| She stays.",
    "Mr. Smith met Dr. Jones.| They talked.",
    "Gen. Petraeus spoke at 4:23 p.m. on Friday.| He left.",
    "The meeting ended at 5 p.m.| The minister left.",
    "The U.S. Army left.| The French stayed.",
    "It fell in the U.S.| The dollar rose.",
    "“We will go.| We will return,” he said.",
    "“Go!” he said.| The crowd laughed.",
    '"Is it true?" she asked.| "No."| He left.',
    "It cost $1,234.50.| It was cheap.",
    "Wait... what?| Yes.",
    "J. R. R. Tolkien wrote it.| He was English.",
    "He works for Acme Inc.| It makes anvils.",
    "See No. 12 and Fig. 3 for it.| No.| They did not.",
    "The St. Petersburg court, vs. the state, ruled.| It adjourned.",
    "So did I.| She did not.",
    "It rose by 2.5 percent.| In 2021 it fell.",
]


@pytest.mark.parametrize(("lang", "marked"), [("fr", t) for t in FRENCH] + [("en", t) for t in ENGLISH])
def test_sentences_end_where_a_reader_ends_them(lang: str, marked: str) -> None:
    text = marked.replace("|", "")
    wanted = [piece.strip() for piece in marked.split("|") if piece.strip()]
    assert [text[start:end] for start, end in sentences.split(text, lang)] == wanted


@given(
    st.text(alphabet=st.sampled_from(" \u00a0\u202f\n.!?…«»”“'\"()ABab1é-"), max_size=60), st.sampled_from(["fr", "en"])
)
def test_sentences_tile_the_text(text: str, lang: str) -> None:
    places = sentences.split(text, lang)
    covered = [i for start, end in places for i in range(start, end)]
    assert covered == sorted(set(covered))
    assert {i for i, c in enumerate(text) if not c.isspace()} <= set(covered)
    for start, end in places:
        assert start < end
        assert not text[start].isspace()
        assert not text[end - 1].isspace()


@given(st.text(max_size=300), st.integers(min_value=1, max_value=50))
def test_pieces_lose_nothing_and_keep_the_limit(text: str, limit: int) -> None:
    places = list(sentences.pieces(text, limit))
    assert "".join(text[start:end] for start, end in places) == text
    assert all(end - start <= limit for start, end in places)
