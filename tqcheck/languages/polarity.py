"""Words that deny, outright or by their meaning, in French and in English.

« sans » and "never" deny outright. "Unable", "refuse" and "few" may carry the same meaning on the other side; of those
the lists have rather one too many than one too few, since French and English often deny with different words.
"""

from __future__ import annotations

import re

from tqcheck.model import Token

NE = frozenset({"ne", "n'", "n’"})
QUE = frozenset({"que", "qu'", "qu’"})
PARTICLES = frozenset("pas plus jamais rien personne aucun aucune nul nulle guère point nullement aucunement".split())
"""What closes « ne … »; alone « plus », « personne » and « point » are something else."""

_OUTRIGHT = {
    "fr": frozenset("ne n' n’ pas jamais rien aucun aucune nul nulle guère ni sans non nullement aucunement".split()),
    "en": frozenset(
        """not n't n’t no never none nobody nothing nowhere neither nor without cannot nope non nt dont
        doesnt didnt isnt arent wasnt werent wont wouldnt cant couldnt shouldnt hasnt havent hadnt""".split()
    ),
}
_JOINT = {
    "fr": frozenset("encore avant autre autres jusque jusqu' jusqu’ trop assez seul seule tout tous".split()),
    "en": frozenset("yet still until till before ever anymore other last".split()),
}
_FORMS = {
    "fr": frozenset(
        """sinon faute hors dehors sauf excepté contre loin peu moins mal trop seul seule uniquement seulement
        simplement autrement malgré avant jusque jusqu' jusqu’ néanmoins rarement difficilement vain plutôt encore tort
        faible
        faiblement mauvais mauvaise facultatif facultative""".split()
    ),
    "en": frozenset(
        """since lest hardly barely scarcely rarely seldom few fewer little less unlikely only except besides beyond
        against rather
        instead far too unless until till before yet alone free otherwise away zero last broken solely merely simply nil
        minus different still down safe safely bereft absent vain useless poorly badly nonsense pending outside out off
        wrong mere""".split()
    ),
}
_LEMMAS = {
    "fr": frozenset(
        """refuser interdire empêcher cesser manquer nier démentir éviter échouer ignorer rater rejeter exclure arrêter
        omettre négliger oublier douter priver renoncer perdre finir contester écarter dépasser sauver défendre épargner
        échapper suspendre abolir supprimer décliner opposer infirmer récuser réfuter garder abstenir rester attendre
        tarder hésiter demeurer stopper annuler interrompre falloir gare ficher moquer absence manque défaut échec refus
        interdiction fin arrêt absent privé exempt difficile difficulté rare exception perte oubli négatif erreur
        différent différer distinct faux retard tard sevrer violer enfreindre limite impasse autrui""".split()
    ),
    "en": frozenset(
        """refuse forbid prevent stop cease lack fail deny avoid ignore miss reject exclude omit neglect forget doubt
        deprive renounce lose quit contest rule refute rebut escape spare suspend abolish decline oppose prohibit ban
        bar
        keep refrain dispute dismiss resist abstain preclude discourage hinder defy exceed outstrip elude evade withhold
        overlook skip leave remain stay hesitate delay cancel limit confine differ fall unable impossible absence
        failure refusal end devoid difficult difficulty hard exception exclusive insufficient stranger violate breach
        infringe contravene""".split()
    ),
}
_INVERTING = {
    "fr": frozenset(
        """ignorer exclure refuser interdire empêcher cesser manquer nier démentir éviter échouer rater rejeter omettre
        négliger oublier douter renoncer contester écarter échapper hésiter tarder abstenir opposer dispenser désemplir
        priver épargner limiter borner perdre suffire finir méconnaître disparaître contredire démériter déroger
        démordre faillir désarmer tolérer lésiner faiblir ficher moquer éluder impossible difficile rare
        inutile""".split()
    ),
    "en": frozenset(
        """ignore exclude refuse forbid prevent stop cease lack fail deny avoid miss reject exclude omit neglect forget
        doubt renounce rule dispute escape hesitate delay abstain oppose hinder spare deprive lose limit dismiss differ
        disappear contradict overlook prohibit ban decline care wait mind help mistake mistaken wrong bad impossible
        unable difficult""".split()
    ),
}
_STEMS = {
    "fr": """illégal illégit illettr illicit illimit illisib illogi immatur immobile immodér immoral immort imparfait
        impatien impay impercept imperf imperméab imperson impopul impossib impratic imprécis imprévis imprévu imprud
        impuiss impuni impur inaccep inaccess inachev inactif inactiv inaction inadapt inadmiss inadéqu inanim inaperç
        inapplic inapprop inapt inattendu inaudib incapab incapac incertain incertit incess inchang incohér incompar
        incompat incomplet incomplèt incompr incompét inconcev inconfort inconnu inconsci inconst inconven incontest
        incontrôl incorrect incroyab incrédul indemn indifféren indign indiscut indispon indésir indétermin indûment
        inefficac inégal inélig inéquit inespér inévit inexact inexcus inexist inexpl inexpér inexécu infais infertil
        infidèl infini infond infruct ingérab inhabit inhospit inhumain inimagin ininterr inintér injoign injust
        innocen inoccup inoffens inopér inopport insalub insatisf insensib insépar insignif insolub insolvab insoumis
        insoupçon insouten instab insuff insupport insécur intact intenab intolér introuv inusit inutil invaincu
        invalid invariab invendu invisib involont invraisembl inédit irrationn irrecev irrempla irrespons irréal irréel
        irrégul irrévers irrésol déconseill décourag défavorab défavoris déloyal démenti démun dénué dépourv déplai
        dépénalis déraisonn dérog désaccord désagréab désappr désavant désaveu désavou désintéress désist désob
        désuni discontin discrédit disproportion disqualif mécontent méconn méfi malhonn malsain malvenu maladroit
        non-""".split(),
    "en": """abnorm disabilit disable disadvant disagree disallow disappear disapprov disbelie discontin discourag
        dishonest disinterest dislik disloyal disobe disproportion disqualif disregard disrespect dissatisf dissent
        distrust illegal illegib illegitim illicit illiter illogic immatur immobil immoral immort impatien imperfect
        imperson impossib impractic imprecis improbab improp imprud impun inabilit inaccess inaccura inaction inactiv
        inadequa inadmiss inadvert inappropr inaudib incapab incessan incoheren incomp inconceiv inconclus inconsis
        inconven incorrect incredib incurab indifferen indispens indistinct ineffect inefficien ineligib inequal
        inequit inevitab inexcus inexhaust inexperien inexplic infeasib infertil infinit inflexib infrequen inhuman
        injust
        innocen inoffens inoperab insecur insensit insignif insolub insolven instabil insuffic intact intangib
        intoler invalid invariab invisib involunt invulner irrational irregular irrelevan irreplac irrespons
        irrevers mistrust misunderst nonex nonsens non-""".split(),
}
_FORM = {
    "fr": re.compile("(?:" + "|".join(_STEMS["fr"]) + r")[\w-]*|dés(?!ert|ir|ign|astr|ol|orm)[aeiouéh][\w-]{3,}"),
    "en": re.compile(
        "(?:" + "|".join(_STEMS["en"]) + r")[\w-]*"
        r"|un(?!der|i(?:on|t|v|form|qu|c|son|sex)|til|tie|veil|cles?$|ction|dul|earth|fold|leash)[a-z-]{4,}"
        r"|non(?!e)[a-z]{4,}|[a-z]{3,}less(?:ly|ness)?|[a-z]{3,}-(?:free|neutral)"
    ),
}


def is_outright(token: Token, lang: str) -> bool:
    """Whether the word denies by itself: « sans », "never"."""
    return token.text.lower() in _OUTRIGHT[lang]


def may_deny(token: Token, lang: str) -> bool:
    """Whether the word may deny by its meaning or its form: "few", "fail", "unable"."""
    text = token.text.lower()
    return text in _FORMS[lang] or token.lemma.lower() in _LEMMAS[lang] or is_negative(token, lang)


def is_negative(token: Token, lang: str) -> bool:
    """Whether a word is the opposite of another by its form: "unable", "homeless", « impossible »."""
    return _FORM[lang].fullmatch(token.text.lower()) is not None


def inverts(token: Token, lang: str) -> bool:
    """Whether a verb or adjective is the opposite of another: « exclure », "forget", "impossible".

    « n'exclut pas » and "may" mean the same, and so do « n'oublie pas » and "remembers".
    """
    return token.lemma.lower() in _INVERTING[lang]


def is_joint(token: Token, lang: str) -> bool:
    """Whether the word means something else together with a negation: « pas encore » and "still", « pas avant »."""
    return token.text.lower() in _JOINT[lang] or token.lemma.lower() in _JOINT[lang]
