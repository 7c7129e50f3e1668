"""Writes the fictional rows of the example projects (fictif-*.csv), always the same.

    python3 seeds/fictif.py

The facts of the documents are in the other sheets (faits-*.csv), typed by hand from them. What is
written here is made up: where a document gives no rows, an example needs some to be computed.
"""
import csv
import datetime
import os
import random

HERE = os.path.dirname(os.path.abspath(__file__))


def write(folder, name, head, rows):
    with open(os.path.join(HERE, folder, name), "w", encoding="utf-8", newline="") as out:
        sheet = csv.writer(out, delimiter=";", lineterminator="\n")
        sheet.writerow(head)
        sheet.writerows(rows)


def fr(day):
    return day.strftime("%d/%m/%Y") if day else ""


def day(year, month, number):
    return datetime.date(year, month, number)


def later(start, days):
    return start + datetime.timedelta(days=days)


def months(first, count):
    return [day(first.year + (first.month - 1 + i) // 12, (first.month - 1 + i) % 12 + 1, 1)
            for i in range(count)]


def guyancourt():
    r = random.Random(2022)
    here = "guyancourt"
    types = ["T2"] * 30 + ["T3"] * 34 + ["T4"] * 20
    write(here, "fictif-logements.csv", ["N° logement", "Résidence", "Typologie", "Escalier"],
          [[f"G{i + 1:02}", here, t, "ABC"[i % 3]] for i, t in enumerate(types)])
    people, houses = [], []
    for i, t in enumerate(types):
        kind = r.choice({"T2": ["Personne seule", "Couple sans enfant"],
                         "T3": ["Couple sans enfant", "Famille monoparentale", "Personne seule"],
                         "T4": ["Couple avec enfants", "Famille monoparentale"]}[t])
        houses.append([f"GM{i + 1:02}", here, kind])
        adults = 1 if kind in ("Personne seule", "Famille monoparentale") else 2
        children = r.randint(1, 3) if kind in ("Couple avec enfants", "Famille monoparentale") else 0
        young = kind in ("Couple avec enfants", "Famille monoparentale")
        for a in range(adults + children):
            born = (r.randint(1975, 1992) if young else r.randint(1935, 1995)) if a < adults \
                else r.randint(2006, 2020)
            arrival = day(2019, 11, r.randint(15, 28)) if r.random() < 0.8 else \
                day(2021, r.randint(1, 12), r.randint(1, 28))
            priority = "isolé" if a == 0 and kind == "Personne seule" and born < 1955 else ""
            people.append([f"GP{len(people) + 1:03}", here, "Habitant", f"GM{i + 1:02}", f"G{i + 1:02}",
                           fr(arrival), "", born, r.choice("FH"),
                           "Senior isolé" if priority else "Non prioritaire",
                           "01/03/2022"])
    residents = [p[0] for p in people]
    for n in range(8):
        people.append([f"GV{n + 1:02}", here, "Voisin", "", "", "", "", r.randint(1945, 2010),
                       r.choice("FH"), "", ""])
    write(here, "fictif-menages.csv", ["Ménage", "Résidence", "Composition"], houses)
    write(here, "fictif-registre.csv",
          ["Identifiant", "Résidence", "Qualité", "Ménage", "Logement", "Date d’entrée",
           "Date de sortie", "Année de naissance", "Sexe", "Public prioritaire", "Repéré le"], people)
    themes = ["Cuisine et repas partagés", "Jardin et nature", "Numérique et démarches",
              "Santé et bien-être", "Enfance et jeunesse", "Fêtes et rencontres",
              "Culture et arts", "Vie de la résidence"]
    axes = {"Jardin et nature": "Transition écologique",
            "Numérique et démarches": "Vitalité économique",
            "Vie de la résidence": "Innovation sociale"}
    leads = ["Habitants", "Co-portée avec des habitants", "Animateur", "Animateur", "Partenaire"]
    partners = [["Association du Pont-du-routoir (fictif)", here, "Association", "Guyancourt (fictif)",
                 "Dans la commune", "01/03/2022"],
                ["Centre social voisin (fictif)", here, "Centre social", "Guyancourt (fictif)",
                 "Dans la commune", "01/04/2022"],
                ["Ressourcerie de l’agglomération (fictif)", here, "Association",
                 "Montigny (fictif)", "À 5 km ou moins", "01/05/2022"]]
    write(here, "fictif-partenaires.csv",
          ["Partenaire", "Résidence", "Type de partenaire", "Commune du siège", "Implantation",
           "Première collaboration"], partners)
    regulars = r.sample(residents, 60)
    sessions, presences = [], []
    for n in range(96):
        date = later(day(2022, 3, 2), int(n * 3.75))
        theme, lead = themes[n % 8], leads[r.randint(0, 4)]
        code = f"GS{n + 1:03}"
        partner = partners[n % 3][0] if lead == "Partenaire" or n % 6 == 0 else ""
        state = "Annulée" if n % 24 == 23 else "Tenue"
        sessions.append([code, here, fr(date), "17:00", r.choice([60, 90, 120]), theme + " (fictif)",
                         theme, axes.get(theme, "Qualité de vie et cohésion"), lead, partner, state])
        if state != "Tenue":
            continue
        come = set(r.sample(regulars, r.randint(5, 14)) + r.sample(residents, 2))
        if n % 5 == 0:
            come |= {f"GV{r.randint(1, 8):02}"}
        for i, who in enumerate(sorted(come)):
            role = "Porteur de la séance" if i == 0 and lead == "Habitants" else \
                "Co-porteur" if i == 0 and lead.startswith("Co-") else "Participant"
            presences.append([code, who, role])
    write(here, "fictif-seances.csv",
          ["Id séance", "Résidence", "Date", "Heure de début", "Durée (minutes)", "Activité", "Thème",
           "Axe", "Portage", "Partenaire", "État"], sessions)
    write(here, "fictif-presences.csv", ["Séance", "Personne", "Rôle"], presences)
    contacts = []
    for i in range(84):
        for attempt in range(1, r.randint(1, 3) + 1):
            date = later(day(2022, 3, 7), i % 20 * 7 + attempt * 2)
            reached = "oui" if r.random() < 0.55 else "non"
            contacts.append([here, fr(date), f"{17 + attempt}:00", f"G{i + 1:02}",
                             r.choice(["Soir", "Après-midi", "Week-end"]), "À la porte", "Porte-à-porte",
                             r.choice(["Animateur", "Gardien", "Binôme"]), reached])
    write(here, "fictif-aller-vers.csv",
          ["Résidence", "Date", "Heure", "Logement", "Créneau", "Lieu", "Mode de contact",
           "Qui est allé vers", "Joint"], contacts)
    needs = []
    for n in range(24):
        date = later(day(2022, 3, 10), n * 12)
        acted = later(date, r.choice([12, 30, 55, 80, 140])) if n % 6 else None
        needs.append([f"GB{n + 1:02}", here, fr(date),
                      r.choice(["Lien social et isolement", "Cadre de vie", "Accès aux droits",
                                "Enfance et jeunesse"]),
                      r.choice(["Une séance", "Un conseil de maison", "Un aller vers"]),
                      fr(acted), "Nouvelle activité" if acted else ""])
    write(here, "fictif-besoins.csv",
          ["N° du besoin", "Résidence", "Noté le", "Thème du besoin", "Exprimé lors de",
           "Suite donnée le", "Suite donnée"], needs)
    write(here, "fictif-situations.csv",
          ["Résidence", "Changement noté le", "Personne", "Nature du changement", "Projet adapté le"],
          [[here, fr(later(day(2022, 4, 1), n * 17)), residents[n * 7],
            ["Économique", "Familial", "Autonomie", "Physique", "Psychique"][n % 5],
            fr(later(day(2022, 4, 20), n * 17)) if n % 3 else ""] for n in range(15)])
    projects = []
    for n, title in enumerate(["Composteur", "Bibliothèque du hall", "Fête des voisins", "Atelier vélo",
                               "Jardin des enfants", "Cinéma d’été", "Trocs de plantes"]):
        proposed = later(day(2022, 3, 15), n * 30)
        done = n < 5
        projects.append([title + " (fictif)", here, "Habitants" if n != 3 else "Animateur", fr(proposed),
                         fr(later(proposed, 20)), fr(later(proposed, 30)) if n < 6 else "",
                         fr(later(proposed, 60)) if done else "", "oui" if done else "",
                         "Habitants" if n % 2 == 0 else "Animateur", [6, 5, 7, 3, 6, 4, 5][n]])
    write(here, "fictif-projets.csv",
          ["Intitulé du projet", "Résidence", "Proposé par", "Proposé le", "Soutenu le", "Commencé le",
           "Réalisé le", "Toujours actif", "Animé aujourd’hui par",
           "Degré de participation selon l’opérateur (1 à 8)"], projects)
    spent = [620.4, 480, 910.5, 350, 1240, 760.1]
    rows = [[f"GF{i + 1:02}", here, fr(later(day(2022, 4, 5), i * 50)), "Dépense",
             "Projet d’habitants (fictif)", a, "Projets d’habitants",
             "Fournitures et petit matériel", "Bailleur", "Habitants" if i % 3 else "Animateur", ""]
            for i, a in enumerate(spent)]
    for i, (item, amount) in enumerate([("Salaires", 46500), ("Fluides", 3100),
                                        ("Ménage et entretien", 2600),
                                        ("Informatique et télécoms", 980)]):
        rows.append([f"GF{i + 20}", here, "31/01/2023", "Dépense", f"{item} (fictif)", amount,
                     "Animation" if i == 0 else "Fonctionnement", item, "Opérateur", "", ""])
    write(here, "fictif-depenses.csv",
          ["Écriture", "Résidence", "Date", "Nature", "Libellé", "Montant (€)", "Ligne budgétaire",
           "Poste", "Supporté par", "Décidé par", "Tiers"], rows)
    write(here, "fictif-reservations.csv",
          ["Résidence", "Salle", "Date", "Début", "Fin", "Usage", "Réservé par", "Avec animateur"],
          [[here, "Salle commune", fr(later(day(2022, 3, 3), n * 4)), "18:00", "20:00", "atelier",
            "Habitants" if n % 3 == 0 else "Animateur", "non" if n % 3 == 0 else "oui"]
           for n in range(80)])
    write(here, "fictif-comites.csv",
          ["Résidence", "Date", "Instance", "Organisme invité", "Collège", "Représenté", "Sièges"],
          [[here, date, "Comité de pilotage", body, college, "non" if (date, body) ==
            ("15/06/2022", "Ville (fictif)") else "oui", seats]
           for date in ("15/06/2022", "14/12/2022")
           for body, college, seats in (("L’apes", "Bailleur", 2), ("Opérateur (fictif)", "Opérateur", 1),
                                        ("Habitants (fictif)", "Habitants", 3),
                                        ("Ville (fictif)", "Commune", 1))])


def accompagnement():
    r = random.Random(2015)
    here = "crea"
    first, last = day(2015, 1, 1), day(2015, 12, 31)
    publics = ["Famille monoparentale", "Sortie de prison", "Isolement prononcé",
               "Incurie dans le logement", "Procédure d’expulsion"]
    houses, episodes, contacts = [], [], []
    # Thirty places all year: each time a household leaves, another enters on the first of a month.
    for place in range(30):
        spans = [(first, None)]
        if place % 3 == 0:
            cut = day(2015, 4 + place % 7, 1)
            spans = [(first, cut), (cut, None)]
        for start, end in spans:
            n = len(episodes) + 1
            public = publics[n % 5]
            houses.append([f"AM{n:02}", here,
                           "Famille monoparentale" if n % 5 == 0 else
                           r.choice(["Personne seule", "Couple sans enfant", "Couple avec enfants"])])
            access = n % 2 == 1
            integrated = later(start, 42 if access else 28)
            before = r.choice([0, 250, 480, 900])
            episodes.append([
                f"A{n:02}", here, f"AM{n:02}", "ICF-ENS-2015", "Accès" if access else "Maintien", public,
                fr(start), fr(start) if access else "", ("oui" if n % 9 else "non") if access else "",
                fr(integrated), fr(end), ["Autonome", "Maintien", "Relogement", "Expulsion"][place // 3 % 4]
                if end else "", before if end else "", max(0, before - 300) if end else ""])
            date = start
            while date < (end or later(last, 1)):
                month = day(date.year, date.month, 1)
                follow = month >= integrated
                # One household-month in twelve keeps three meetings only.
                want = 8 if not follow else (3 if (n + date.month) % 12 == 0 else 4 + (n + date.month) % 3)
                for k in range(want):
                    contacts.append([here, fr(later(month, 1 + k * 3)), "10:00", k + 1, f"A{n:02}",
                                     f"AP{n:02}", "Rencontre", "Association" if k % 3 else "Binôme", "oui", "oui"])
                date = day(date.year + date.month // 12, date.month % 12 + 1, 1)
    write("accompagnement", "fictif-menages.csv", ["Ménage", "Résidence", "Composition"], houses)
    write("accompagnement", "fictif-mesures.csv",
          ["N° de la mesure", "Résidence", "Ménage", "Convention", "Type d’accompagnement",
           "Public de la mesure", "Début de la mesure", "État des lieux d’entrée le",
           "Présence à l’état des lieux", "Fin de la phase d’intégration", "Sortie de la mesure",
           "Motif de sortie", "Impayé à l’entrée (€)", "Impayé à la sortie (€)"], episodes)
    write("accompagnement", "fictif-rencontres.csv",
          ["Résidence", "Date", "Heure", "N° de tentative", "N° de la mesure", "Personne",
           "Mode de contact", "Qui est allé vers", "Joint", "Rencontre physique"], contacts)
    write("accompagnement", "fictif-bilans.csv",
          ["Résidence", "N° de la mesure", "Type de bilan", "Bilan dû le", "Bilan tenu le"],
          [[here, row[0], "Bilan intermédiaire", "30/06/2015" if _d(row[6]) < day(2015, 4, 1) else "30/11/2015",
            "" if i % 10 == 9 else "25/06/2015" if _d(row[6]) < day(2015, 4, 1) else "28/11/2015"]
           for i, row in enumerate(episodes)]
          + [[here, "", "Comité de suivi", fr(m), fr(later(m, 2))] for m in months(first, 12)])
    sources = ["Le locataire lui-même", "Réunion d’impayés", "Personnel de proximité", "Voisinage",
               "Famille", "Partenaire extérieur"]
    write("accompagnement", "fictif-signalements.csv",
          ["Résidence", "Signalé le", "N° du signalement", "Ménage", "Signalé par",
           "Suite du signalement"],
          [[here, fr(later(day(2015, 1, 5), n * 9)), n + 1, f"AM{n + 1:02}", sources[n % 6],
            "Mesure ouverte"] for n in range(len(episodes))])
    goals = ["Rythme de vie", "Confiance en soi", "Estime de soi", "Capital santé",
             "Motivation professionnelle"]
    write("accompagnement", "fictif-objectifs.csv",
          ["N° de la mesure", "Résidence", "Objectif convenu", "Objectif fixé le", "Objectif revu le",
           "Atteinte (−2 à +2)"],
          [[row[0], here, goals[i % 5], "15/02/2015", "20/11/2015" if i % 4 else "",
            [-1, 0, 1, 0, 2, -2][i % 6] if i % 4 else ""] for i, row in enumerate(episodes)])
    def at(date):
        return sum(1 for e in episodes
                   if _d(e[6]) <= date and (not e[10] or _d(e[10]) > date))
    rows = []
    for m in months(first, 12):
        end = later(months(m, 2)[1], -1)
        entries = sum(1 for e in episodes if m <= _d(e[6]) <= end)
        exits = sum(1 for e in episodes if e[10] and m <= _d(e[10]) <= end)
        rows.append([here, fr(m), "ICF-ENS-2015", at(later(m, -1)) if m > first else 0, entries, exits,
                     at(end)])
    write("accompagnement", "fictif-file-active.csv",
          ["Résidence", "Mois du relevé", "Convention", "File active au début", "Entrées du mois",
           "Sorties du mois", "File active à la fin"], rows)


def _d(text):
    d, m, y = text.split("/")
    return day(int(y), int(m), int(d))


def acheres():
    r = random.Random(2016)
    homes = [("achr1", 820, 1992), ("achr2", 640, 1994), ("achr3", 930, 1991), ("achr4", 610, 1996)]
    write("acheres", "fictif-residences.csv",
          ["Code résidence", "Nom de la résidence", "Commune", "Logements", "Fictive", "Arrêté au",
           "Source"],
          [[code, f"Résidence Domnis {i + 1} (fictif)", "Achères", n, "oui", "01/01/2016",
            "Répartition inventée : le document dit « environ 3000 logements »"]
           for i, (code, n, _) in enumerate(homes)])
    people, panel, answers = [], [], []
    jobs = ["3", "4", "5", "5", "6", "6", "7", "7", "8"]
    for code, n, _ in homes:
        for k in range(n // 10):
            who = f"{code}-{k + 1:03}"
            people.append([who, code, "Habitant", "01/01/2010", r.randint(1930, 1998), r.choice("FH"),
                           r.choice(jobs)])
    write("acheres", "fictif-registre.csv",
          ["Identifiant", "Résidence", "Qualité", "Date d’entrée", "Année de naissance", "Sexe", "PCS"],
          people)
    asked = r.sample(people, 90)
    outcomes = ["A répondu"] * 6 + ["A répondu en partie", "Refus", "Non joint", "Non joint"]
    themes = ["Parcours et vie dans la résidence", "Voisinage et entraide",
              "Relations avec le bailleur", "Projets de mieux vivre ensemble"]
    talks = []
    for n, p in enumerate(asked):
        outcome = r.choice(outcomes)
        panel.append(["entretien", "2016", fr(later(day(2016, 3, 1), n % 40)), p[1], p[0],
                      "Face à face", outcome])
        if outcome == "A répondu":
            for theme in r.sample(themes, r.randint(2, 4)):
                talks.append([p[1], fr(later(day(2016, 3, 10), n % 40)), n + 1, p[0], theme,
                              r.choice(["Plutôt favorable", "Partagé", "Plutôt défavorable"])])
    write("acheres", "fictif-panel.csv",
          ["Questionnaire", "Vague", "Date d’invitation", "Résidence", "Personne", "Mode de collecte",
           "Issue"], panel)
    write("acheres", "fictif-entretiens.csv",
          ["Résidence", "Date de l’entretien", "N° d’entretien", "Personne", "Thème abordé",
           "Tonalité"], talks)
    posts = [[f"{code}-g{k + 1}", code, "Gardiennage", "01/01/2015", 1]
             for code, _, _ in homes for k in range(3)]
    write("acheres", "fictif-equipe.csv",
          ["Poste", "Résidence", "Fonction", "Début du poste", "Équivalent temps plein"], posts)
    rows = []
    for i, post in enumerate(posts):
        for d in range(3):
            if i == 11 and d == 2:
                continue
            rows.append(["INIT-2019", post[1], "Formation initiale", "Veille des fragilités",
                         fr(day(2019, 1, 14 + d)), post[0], "", "Personnel de proximité", 1, "Tenue",
                         4 if d == 2 else ""])
    topics = ["Économies de charges et d’énergie", "Veille sur les plus fragiles",
              "S’impliquer collectivement sur mon lieu de vie", "Recyclage et tri sélectif",
              "Monter un projet de jardin"]
    for i, m in enumerate(months(day(2019, 1, 1), 12)):
        code = f"FA-2019-{i + 1:02}"
        state = "Annulée" if i == 7 else "Tenue"
        for k in range(4):
            post = posts[(i + k * 3) % 12]
            rows.append([code, post[1], "Formation-action", topics[i % 5], fr(later(m, 20)), post[0], "",
                         "Personnel de proximité", 0.5, state, 3 + (i + k) % 3 if i != 7 else ""])
        for k in range(6):
            p = people[(i * 17 + k * 5) % len(people)]
            rows.append([code, p[1], "Formation-action", topics[i % 5], fr(later(m, 20)), "", p[0],
                         "Habitants", 0.5, state, 4 if i != 7 else ""])
    write("acheres", "fictif-formations.csv",
          ["N° de la formation", "Résidence", "Type de formation", "Sujet de la formation",
           "Date de formation", "Poste formé", "Habitant formé", "Public formé", "Jours suivis",
           "Formation tenue", "Satisfaction (1 à 5)"], rows)
    write("acheres", "fictif-plateforme.csv",
          ["Résidence", "Mois d’usage", "Poste du compte", "Connexions"],
          [[post[1], fr(m), post[0], (i * 5 + j) % 4] for i, post in enumerate(posts)
           for j, m in enumerate(months(day(2019, 1, 1), 12))])
    kinds = ["Fragilité, vieillissement", "Accessibilité, confort d’usage", "Conflit",
             "Déscolarisation", "Addiction"]
    write("acheres", "fictif-alertes.csv",
          ["Résidence", "Alerte levée le", "N° de l’alerte", "Objet de l’alerte", "Levée par",
           "Alerte transmise le"],
          [[homes[n % 4][0], fr(later(day(2019, 2, 1), n * 13)), n + 1, kinds[n % 5],
            "Personnel de proximité" if n % 3 else "Habitants",
            fr(later(day(2019, 2, 4), n * 13)) if n % 4 else ""] for n in range(24)])
    write("acheres", "fictif-copil.csv",
          ["Résidence", "Date", "Instance", "Organisme invité", "Collège", "Représenté"],
          [["achr1", date, "Comité de pilotage", body, college, present]
           for date in ("10/05/2019", "08/11/2019")
           for body, college, present in (("Domnis", "Bailleur", "oui"),
                                          ("Récipro-Cité", "Opérateur", "oui"),
                                          ("Commune d’Achères (fictif)", "Commune",
                                           "oui" if date[3:5] == "05" else "non"))])
    write("acheres", "fictif-entraide.csv",
          ["Résidence", "Date", "N° de l’échange", "Service rendu", "Rendu par", "Reçu par", "Heures",
           "Économie (€)"],
          [[people[n * 3][1], fr(later(day(2019, 2, 1), n * 9)), n + 1,
            ["Covoiturage ou accompagnement", "Achat groupé", "Bricolage"][n % 3], people[n * 3][0],
            people[n * 3 + 1][0], 1 + n % 3, [6.5, 18, 12][n % 3]] for n in range(30)])


def lapes():
    r = random.Random(2023)
    codes = [f"pa{n}" for n in range(1, 9)]
    write("lapes", "fictif-residences.csv",
          ["Code résidence", "Nom de la résidence", "Commune", "Logements", "Fictive", "Arrêté au",
           "Source"],
          [[c, f"Résidence Particip’active {i + 1} (fictif)", f"Commune {i + 1} (fictif)", 60 + 6 * i,
            "oui", "01/01/2023", "Le document dit « huit résidences », sans les nommer"]
           for i, c in enumerate(codes)])
    people, sessions, presences, answers = [], [], [], []
    axes = ["Qualité de vie et cohésion", "Vitalité économique", "Transition écologique",
            "Innovation sociale"]
    themes = {axes[0]: ["Culture et arts", "Fêtes et rencontres"],
              axes[1]: ["Emploi et insertion"], axes[2]: ["Jardin et nature"],
              axes[3]: ["Santé et bien-être", "Numérique et démarches"]}
    logs = []
    for i, c in enumerate(codes):
        own = []
        for k in range(60 + 6 * i):
            own.append(f"{c}-{k + 1:03}")
            logs.append([f"{c}-L{k + 1:03}", c, ["T2", "T3", "T4"][k % 3]])
            people.append([own[-1], c, "Habitant", f"{c}-L{k + 1:03}", "01/01/2020",
                           r.randint(1935, 2015), r.choice("FH")])
        for n in range(24):
            axis = axes[n % 4]
            theme = r.choice(themes[axis])
            code = f"{c}-s{n + 1:02}"
            lead = r.choice(["Habitants", "Animateur", "Co-portée avec des habitants"])
            title = "Visite guidée par des habitants" if theme == "Culture et arts" else theme
            sessions.append([code, c, fr(later(day(2023, 1, 10 + i), n * 14)), "16:00", 90,
                             title + " (fictif)", theme, axis, lead, "Tenue"])
            for j, who in enumerate(sorted(r.sample(own, r.randint(5, 16)))):
                presences.append([code, who, "Porteur de la séance" if j == 0 and lead == "Habitants"
                                  else "Participant"])
        for who in r.sample(own, 18):
            answers.append(["lien", "2023", "15/11/2023", c, who, "appartenance",
                            r.choice([1, 2, 3, 3, 3, 4, 4])])
    write("lapes", "fictif-logements.csv", ["N° logement", "Résidence", "Typologie"], logs)
    write("lapes", "fictif-registre.csv",
          ["Identifiant", "Résidence", "Qualité", "Logement", "Date d’entrée", "Année de naissance",
           "Sexe"], people)
    write("lapes", "fictif-seances.csv",
          ["Id séance", "Résidence", "Date", "Heure de début", "Durée (minutes)", "Activité", "Thème",
           "Axe", "Portage", "État"], sessions)
    write("lapes", "fictif-presences.csv", ["Séance", "Personne", "Rôle"], presences)
    write("lapes", "fictif-reponses.csv",
          ["Questionnaire", "Vague", "Date de réponse", "Résidence", "Répondant", "Question", "Valeur"],
          answers)
    write("lapes", "fictif-quantites.csv",
          ["Résidence", "Premier jour", "Dernier jour (compris)", "Mesure", "Quantité", "Unité",
           "Quantité de l’année de base", "Surface concernée (m²)"],
          [[c, "01/06/2023", "30/06/2023", m, v + 7 * i, u, b, a] for i, c in enumerate(codes)
           for m, v, u, b, a in (("Objets collectés", 180, "kg", "", ""),
                                 ("Objets redonnés", 110, "kg", "", ""),
                                 ("Eau", 900, "m3", 960 + 7 * i, 4200),
                                 ("Électricité", 5200, "kWh", 5600 + 7 * i, 4200))])
    rows = []
    for n in range(40):
        eligible = n % 8 != 7
        start = later(day(2023, 2, 1), n * 6)
        rows.append([f"PE{n + 1:02}", codes[n % 8], people[n * 9][0], "Pack emploi-logement",
                     "oui" if eligible else "non", "Bac + 3 ou 4" if eligible else "Bac + 2",
                     "oui", fr(start), fr(later(start, 40)) if n % 3 else "",
                     "oui" if n % 2 else "non", "oui" if n % 3 else "non",
                     fr(later(start, 170)) if n < 24 else "",
                     ["Sortie durable", "Sortie de transition", "Sortie positive", "Autre sortie"][n % 4]
                     if n < 24 else ""])
    write("lapes", "fictif-parcours.csv",
          ["N° du parcours", "Résidence", "Personne", "Dispositif", "Éligible", "Niveau de diplôme",
           "Enfant de locataire", "Début de l’accompagnement", "Premier entretien d’embauche",
           "En emploi ou alternance à 3 mois", "En emploi ou alternance à 6 mois",
           "Sortie de l’accompagnement", "Classe de sortie"], rows)
    write("lapes", "fictif-stagiaires.csv",
          ["Stagiaire", "Promotion", "Issu d’un quartier prioritaire", "Entré en formation le",
           "Formation achevée", "Embauché le", "Fictif"],
          [[f"EG{n + 1:02}", ["EG-PANTIN-2023", "EG-PONTOISE-2023", "EG-LHAY-2023"][n % 3],
            "non" if n % 4 == 3 else "oui", "02/03/2023", "non" if n % 9 == 8 else "oui",
            "01/10/2023" if n % 9 != 8 and n % 3 != 2 else "", "oui"] for n in range(36)])


def fonds():
    r = random.Random(2021)
    here = "fonds-innovation"
    # The document gives the totals: 1,224 households, 9 sites, 6 landlords. The split is made up; three
    # sites have two landlords, each with its own households.
    split = [("Site 1", "Immobilière 3F", 150), ("Site 1", "Seqens", 60),
             ("Site 2", "Erigère", 140), ("Site 3", "ICF Habitat La Sablière", 130),
             ("Site 3", "Val d’Oise Habitat", 45), ("Site 4", "Seqens", 120),
             ("Site 5", "CDC Habitat Social", 118), ("Site 6", "Val d’Oise Habitat", 112),
             ("Site 7", "Immobilière 3F", 104), ("Site 7", "Erigère", 50),
             ("Site 8", "CDC Habitat Social", 99), ("Site 9", "ICF Habitat La Sablière", 96)]
    assert sum(n for _, _, n in split) == 1224
    assert len({s for s, _, _ in split}) == 9 and len({b for _, b, _ in split}) == 6
    write(here, "fictif-sites-cergy.csv",
          ["Dispositif", "Site", "Bailleur", "Résidence", "Commune", "Quartier prioritaire (QPV)",
           "Ménages", "Arrêté au", "Source", "Fictif"],
          [["semer", s + " (fictif)", b, "axe-majeur", "Cergy", "oui", n, "04/02/2021",
            "Répartition inventée ; le document dit 1.224 ménages, 9 sites, 6 bailleurs", "oui"]
           for s, b, n in split])
    people = []
    for k in range(260):
        child = k % 20 < 7
        people.append([f"MO{k + 1:03}", "montenotte", "Habitant", f"M{k % 114 + 1:03}", "01/01/2015",
                       r.randint(2013, 2020) if child else r.randint(1940, 2008), r.choice("FH")])
    write(here, "fictif-logements-montenotte.csv", ["N° logement", "Résidence", "Typologie"],
          [[f"M{k + 1:03}", "montenotte", ["T4", "T5", "T3"][k % 3]] for k in range(114)])
    write(here, "fictif-registre-montenotte.csv",
          ["Identifiant", "Résidence", "Qualité", "Logement", "Date d’entrée", "Année de naissance",
           "Sexe"], people)
    write(here, "fictif-suivi-montenotte.csv",
          ["Résidence", "Mois", "Logements gérés", "Incivilités signalées",
           "Logements vacants en fin de mois", "Demandes de mutation"],
          [["montenotte", fr(m), 114, r.randint(1, 6), r.randint(5, 9), r.randint(1, 4)]
           for m in months(day(2021, 1, 1), 12)])
    # 21 of 300: the 7 % of the document.
    write(here, "fictif-seniors-shlmr.csv",
          ["Questionnaire", "Vague", "Date de réponse", "Résidence", "Répondant", "Question", "Valeur"],
          [["seniors", "2020", fr(later(day(2020, 3, 20), n % 90)), "shlmr", f"SR{n + 1:03}",
            "minimum_vieillesse", 1 if n < 21 else 0] for n in range(300)])
    write(here, "fictif-mutations.csv",
          ["Résidence", "N° de la demande", "Demande de mutation du", "Motif de blocage",
           "Mutation débloquée le"],
          [["loiret", n + 1, fr(later(day(2021, 2, 10), n * 7)),
            "Défaut d’entretien locatif" if n % 5 else "Impayé",
            fr(later(day(2021, 5, 1), n * 4)) if n % 3 else ""] for n in range(30)])
    write(here, "fictif-chantiers.csv",
          ["Résidence", "Chantier du", "Type de chantier", "Personnes venues aider",
           "Heures d’entraide", "Demande de mutation concernée"],
          [["loiret", fr(later(day(2021, 3, 1), n * 12)),
            "Chantier d’entraide" if n % 2 else "Dépannage pédagogique", 2 + n % 4, 6 + n % 5, n + 1]
           for n in range(20)])
    sessions, heads = [], []
    formats = [("Atelier en pied d’immeuble", 40, 90), ("Événement trimestriel", 4, 180),
               ("Sortie-découverte", 6, 240)]
    n = 0
    for title, count, minutes in formats:
        for k in range(count):
            n += 1
            code = f"SEM{n:02}"
            sessions.append([code, "axe-majeur", fr(later(day(2021, 3, 3), k * (300 // count))),
                             minutes, title + " (fictif)", "Jardin et nature", "Transition écologique",
                             "Partenaire", "Tenue"])
            heads.append([code, r.randint(8, 30) if count == 40 else r.randint(40, 120), "tout public"])
    for k in range(8):
        code = f"COM{k + 1:02}"
        sessions.append([code, "ozanam", fr(later(day(2021, 4, 10), k * 25)), 120,
                         "Spectacle en plein air (fictif)", "Culture et arts",
                         "Qualité de vie et cohésion", "Partenaire", "Tenue"])
        heads.append([code, r.randint(30, 110), "tout public"])
    write(here, "fictif-seances.csv",
          ["Id séance", "Résidence", "Date", "Durée (minutes)", "Activité", "Thème", "Axe", "Portage",
           "État"], sessions)
    write(here, "fictif-presences.csv", ["Séance", "Nombre de personnes non nommées", "Groupe compté"],
          heads)
    visits = []
    for k in range(60):
        visits.append(["cergy-pontoise", fr(later(day(2021, 3, 1), k * 4)), "17:00", 1,
                       f"CP{k + 1:03}", "Porte-à-porte", "Association", "oui" if k % 4 else "non"])
    write(here, "fictif-visites.csv",
          ["Résidence", "Date", "Heure", "N° de tentative", "Logement", "Mode de contact",
           "Qui est allé vers", "Joint"], visits)


if __name__ == "__main__":
    for name in ("guyancourt", "accompagnement", "acheres", "lapes", "fonds-innovation"):
        os.makedirs(os.path.join(HERE, name), exist_ok=True)
    guyancourt()
    accompagnement()
    acheres()
    lapes()
    fonds()
