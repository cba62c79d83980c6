"""Good files, part 1: what Google Forms, KoBoToolbox and ODK Central hand out (all synthetic)."""

# ruff: noqa: E501
from __future__ import annotations

import datetime as dt
import uuid

from kit import CODES, MODEL_ORDER, NAMES, OPTIONS, QUESTIONS, Table, cell, numbered, stamped, survey, times

SHEET = "Form Responses 1"
KOBO_META = ["_id", "_uuid", "_submission_time", "_validation_status", "_notes", "_status"]
KOBO_META += ["_submitted_by", "__version__", "_tags", "_index"]
ODK_META = ["saran", "meta-instanceID", "KEY", "SubmitterID", "SubmitterName", "AttachmentsPresent"]
ODK_META += ["AttachmentsExpected", "Status", "ReviewState", "DeviceID", "Edits", "FormVersion"]
SLUGS = ["persyaratan", "prosedur", "waktu", "biaya", "produk", "kompetensi", "perilaku", "pengaduan", "sarana"]


def words(p: dict, order: list[str] = CODES) -> list[str]:
    return [OPTIONS[c][p[c] - 1] for c in order]


@survey("google-forms-kata.xlsx", 42, "Google Forms, Excel: long question headers, time stamps, answers in words")
def google_words(r, people):
    head = ["Timestamp", "Jenis kelamin", "Usia Anda (tahun)", "Pendidikan terakhir", "Pekerjaan utama"]
    head += [f"{i}. {QUESTIONS[c]}" for i, c in enumerate(CODES, 1)]
    head += ["Tuliskan saran atau masukan Anda untuk perbaikan pelayanan kami (boleh dikosongkan)"]
    rows = [
        [t, q["sex"], q["age"], q["school"], q["work"], *words(p), q["remark"] or None]
        for _i, p, q, t in stamped(r, people)
    ]
    return Table(head, rows, SHEET, google=True)


@survey(
    "google-forms-huruf.csv", 35,
    "Google Forms, CSV: lettered answers (a. … d.), letters written two ways, comment over several lines",
)  # fmt: skip
def google_letters(r, people):
    rows = []
    for _i, p, q, t in stamped(r, people):
        stamp = f"{t:%Y/%m/%d} {t.hour % 12 or 12}:{t:%M:%S} {'AM' if t.hour < 12 else 'PM'} GMT+7"
        lettered = [f"{'abcd'[p[c] - 1]}. {said}" for c, said in zip(CODES, words(p), strict=True)]
        rows.append([stamp, q["sex"], q["age"], q["school"], *lettered, q["remark"]])
    rows[30][-1] = "Mohon ditambah:\n- kursi, dan\n- kipas angin"
    for row in rows[20:]:  # the form was edited half-way: capitals and a bracket instead of a point
        row[4] = row[4][0].upper() + ") " + row[4][3:]
    head = ["Timestamp", "Jenis kelamin", "Umur", "Pendidikan", *[QUESTIONS[c] for c in CODES], "Saran"]
    return Table(head, rows, eol="\n")


@survey("google-forms-angka.xlsx", 38, "Google Forms grid: element in brackets, numbered answers «1. Buruk»", level=0.7)
def google_numbers(r, people):
    label = ["1. Buruk", "2. Cukup", "3. Baik", "4. Sangat baik"]
    head = ["Stempel waktu", "Jenis Kelamin", "Usia"]
    head += [f"Berilah penilaian Anda atas layanan kami [{NAMES[c]}]" for c in CODES] + ["Kritik dan saran"]
    rows = [
        [t, q["sex"], q["age"], *[label[p[c] - 1] for c in CODES], q["remark"] or None]
        for _i, p, q, t in stamped(r, people)
    ]
    return Table(head, rows, SHEET, google=True)


@survey(
    "urutan-kuesioner.csv", 44, "the questionnaire's order: 8 sarana, 9 pengaduan, in words with numbers before them",
    notes="question 8 is sarana (U9), question 9 is pengaduan (U8): words win over numbers",
)  # fmt: skip
def google_model_order(r, people):
    head = ["Timestamp", "Jenis kelamin", "Usia", *[f"{i}. {QUESTIONS[c]}" for i, c in enumerate(MODEL_ORDER, 1)]]
    rows = [
        [f"{t:%d/%m/%Y %H:%M:%S}", q["sex"], q["age"], *words(p, MODEL_ORDER)] for _i, p, q, t in stamped(r, people)
    ]
    return Table(head, rows)


MESS = [
    lambda s: s,
    lambda s: f" {s}",
    lambda s: f"{s}  ",
    lambda s: s.replace(" ", "  "),
    str.upper,
    lambda s: s.replace(" ", "\u00a0"),
]


@survey(
    "spasi-dan-opsi.xlsx", 40, "«Murah/Wajar», stray and hard spaces, capitals, a top option worded wrongly",
    notes="U4 has «Murah/Wajar» for 3; U3's top option says «Sangat sesuai» and is still 4",
)  # fmt: skip
def stray_words(r, people):
    opts = {c: list(o) for c, o in OPTIONS.items()}
    opts["U4"] = ["Sangat mahal", "Cukup mahal", "Murah/Wajar", "Gratis"]
    opts["U3"][3] = "Sangat sesuai"  # copied from question 1 by whoever made the form
    head = ["Timestamp", "Jenis kelamin", "Usia ", *[f"{i}.{QUESTIONS[c]} " for i, c in enumerate(CODES, 1)]]
    rows = [
        [t, q["sex"], q["age"], *[r.choice(MESS)(opts[c][p[c] - 1]) for c in CODES]]
        for _i, p, q, t in stamped(r, people)
    ]
    return Table(head, rows, SHEET, google=True)


def _random_uuid(r) -> str:
    return str(uuid.UUID(int=r.getrandbits(128), version=4))


def _kobo_meta(r, i: int, t: dt.datetime) -> list:
    stamp = f"{t:%Y-%m-%dT%H:%M:%S}"
    return [500000 + i, _random_uuid(r), stamp, None, None, "submitted_via_web", None, "vSINTETIS001", None, i]


@survey(
    "kobo-grup.xlsx", 33,
    "KoBoToolbox Excel export: XML names with groups, answers as text digits, metadata columns, empty cells",
)  # fmt: skip
def kobo_xml(r, people):
    head = ["start", "end", "today", "profil/jenis_kelamin", "profil/umur", "profil/pendidikan"]
    head += [f"skm/u{i}_{s}" for i, s in enumerate(SLUGS, 1)] + ["saran", *KOBO_META]
    rows = []
    for i, p, q, t in stamped(r, people):
        start = t - dt.timedelta(seconds=r.randint(60, 180))
        rows.append(
            [f"{start:%Y-%m-%dT%H:%M:%S}.000+07:00", f"{t:%Y-%m-%dT%H:%M:%S}.000+07:00", f"{t:%Y-%m-%d}"]
            + [str(q["sex"]).lower().replace("-", "_"), q["age"], str(q["school"]).lower()]
            + [str(p[c]) for c in CODES]
            + [q["remark"] or None, *_kobo_meta(r, i, t)]
        )
    for i, c in ((4, "U8"), (11, "U4"), (12, "U4")):  # questions left unanswered
        rows[i][6 + CODES.index(c)] = None
        people[i][c] = None
    return Table(head, rows, "SKM Unit Layanan (sintetis)", google=True)


@survey("kobo-label.xlsx", 30, "KoBoToolbox Excel export with labels, questionnaire's order")
def kobo_labels(r, people):
    head = ["start", "end", "Jenis kelamin responden", "Umur responden", *[QUESTIONS[c] for c in MODEL_ORDER]]
    rows = []
    for i, p, q, t in stamped(r, people):
        stamp = f"{t:%Y-%m-%dT%H:%M:%S}.000+07:00"
        rows.append([stamp, stamp, q["sex"], q["age"], *words(p, MODEL_ORDER), *_kobo_meta(r, i, t)])
    return Table(head + KOBO_META, rows, "SKM label (sintetis)", google=True)


@survey(
    "odk-central.csv", 36, "ODK Central CSV: group-prefixed names, metadata, one missing answer",
    absent=["Pencacah Fiktif"],
)  # fmt: skip
def odk(r, people):
    slugs = [
        {"waktu": "waktu_penyelesaian", "biaya": "biaya_tarif", "sarana": "sarana_prasarana"}.get(s, s) for s in SLUGS
    ]
    head = ["SubmissionDate", "start", "end", "profil-jenis_kelamin", "profil-umur", *[f"unsur-{s}" for s in slugs]]
    rows = []
    for _i, p, q, t in stamped(r, people):
        key = f"uuid:{_random_uuid(r)}"
        end = f"{t:%Y-%m-%dT%H:%M:%S}.{r.randint(100, 999)}Z"
        start = f"{t - dt.timedelta(seconds=r.randint(60, 200)):%Y-%m-%dT%H:%M:%S}.000Z"
        row = [end, start, end, q["sex"], q["age"], *[p[c] for c in CODES], q["remark"], key, key]
        rows.append([*row, 7, "Pencacah Fiktif Satu", 0, 0, "", "", "perangkat-0000", 0, "2026010501"])
    rows[9][5] = ""
    people[9]["U1"] = None
    return Table(head + ODK_META, rows, eol="\n")


@survey(
    "kiriman-ganda.csv", 30, "double submissions beside rows that merely agree",
    notes="row 8 repeats row 7, the last row repeats an earlier one; row 12 shares a time with row 11 but answers otherwise; the row before the last merely agrees with row 5",
)  # fmt: skip
def doubles(r, people):
    ts = times(r, people)
    line = [
        [f"{ts[i - 1]:%d/%m/%Y %H:%M:%S}", q["sex"], q["age"], *[p[c] for c in CODES], ""]
        for i, p, q in numbered(r, people)
    ]
    agree = list(line[3])  # same answers, another time: counts
    agree[0] = f"{ts[-1] + dt.timedelta(hours=1):%d/%m/%Y %H:%M:%S}"
    other = list(line[8])  # same time, other answers (two phones): counts
    changed = {c: 1 if people[8][c] == 4 else 4 for c in CODES}
    other[3:12] = [changed[c] for c in CODES]
    rows = [*line[:6], list(line[5]), *line[6:9], other, *line[9:], agree, list(line[20])]
    head = ["Timestamp", "Jenis kelamin", "Usia", *[NAMES[c] for c in CODES], "Saran"]
    rejected = [cell("double", 8), cell("double", len(rows) + 1)]
    return Table(head, rows), {"people": [*people, people[3], changed], "rejected": rejected}


@survey(
    "kiriman-ganda-id.xlsx", 28, "double submission found by respondent id",
    rejected=[cell("double", 17, None, "Data SKM")], hints=True,
    notes="many rows share a date and some share answers: a date without a time is no time stamp; R-0003 twice with other answers gives a hint",
)  # fmt: skip
def doubles_by_id(r, people):
    head = ["ID Responden", "Tanggal", "Jenis Kelamin", "Umur", *[f"{c} {NAMES[c]}" for c in CODES]]
    rows = [
        [f"R-{i:04d}", dt.date(2026, 2, 1 + (i - 1) // 4), q["sex"], q["age"], *[p[c] for c in CODES]]
        for i, p, q in numbered(r, people)
    ]
    rows.insert(15, list(rows[10]))  # same id, same answers: out (row 17 of the sheet)
    other = list(rows[2])  # same id, other answers: counts, hint
    changed = {c: 5 - people[2][c] for c in CODES}
    other[4:] = [changed[c] for c in CODES]
    return Table(head, [*rows, other], "Data SKM"), {"people": [*people, changed]}
