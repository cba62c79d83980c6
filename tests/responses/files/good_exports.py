"""Good files, part 1: what Google Forms, KoBoToolbox and ODK Central hand out (all synthetic)."""

# ruff: noqa: E501
from __future__ import annotations

import datetime as dt
import uuid

from kit import (
    CODES,
    GOOD,
    MODEL_ORDER,
    NAMES,
    OPTIONS,
    QUESTIONS,
    book,
    cell,
    good,
    plain_sheet,
    profile,
    ratings,
    rng,
    save,
    save_csv,
    times,
)


def words(code: str, value: int) -> str:
    return OPTIONS[code][value - 1]


def google_words() -> None:
    f = "google-forms-kata.xlsx"
    r = rng(f)
    people, ts = ratings(r, 42), times(r, 42)
    head = ["Timestamp", "Jenis kelamin", "Usia Anda (tahun)", "Pendidikan terakhir", "Pekerjaan utama"]
    head += [f"{i}. {QUESTIONS[c]}" for i, c in enumerate(CODES, 1)]
    head += ["Tuliskan saran atau masukan Anda untuk perbaikan pelayanan kami (boleh dikosongkan)"]
    rows = []
    for t, p in zip(ts, people, strict=True):
        q = profile(r)
        rows.append(
            [t, q["sex"], q["age"], q["school"], q["work"], *[words(c, p[c]) for c in CODES], q["remark"] or None]
        )
    wb, ws = book("Form Responses 1")
    plain_sheet(ws, head, rows, google=True)
    save(wb, GOOD / f)
    good(f, "Google Forms, Excel: long question headers, time stamps, answers in words", people)


def google_letters() -> None:
    f = "google-forms-huruf.csv"
    r = rng(f)
    people, ts = ratings(r, 35), times(r, 35)
    head = ["Timestamp", "Jenis kelamin", "Umur", "Pendidikan", *[QUESTIONS[c] for c in CODES], "Saran"]
    rows = []
    for t, p in zip(ts, people, strict=True):
        q = profile(r)
        stamp = f"{t:%Y/%m/%d} {t.hour % 12 or 12}:{t:%M:%S} {'AM' if t.hour < 12 else 'PM'} GMT+7"
        rows.append(
            [
                stamp,
                q["sex"],
                q["age"],
                q["school"],
                *[f"{'abcd'[p[c] - 1]}. {words(c, p[c])}" for c in CODES],
                q["remark"],
            ]
        )
    rows[30][-1] = "Mohon ditambah:\n- kursi, dan\n- kipas angin"
    for row in rows[20:]:  # the form was edited half-way: capitals and a bracket instead of a point
        row[4] = row[4][0].upper() + ") " + row[4][3:]
    save_csv(GOOD / f, head, rows, eol="\n")
    good(
        f, "Google Forms, CSV: lettered answers (a. … d.), letters written two ways, comment over several lines", people
    )


def google_numbers() -> None:
    f = "google-forms-angka.xlsx"
    r = rng(f)
    people, ts = ratings(r, 38, level=0.7), times(r, 38)
    label = ["1. Buruk", "2. Cukup", "3. Baik", "4. Sangat baik"]
    head = ["Stempel waktu", "Jenis Kelamin", "Usia"]
    head += [f"Berilah penilaian Anda atas layanan kami [{NAMES[c]}]" for c in CODES] + ["Kritik dan saran"]
    rows = []
    for t, p in zip(ts, people, strict=True):
        q = profile(r)
        rows.append([t, q["sex"], q["age"], *[label[p[c] - 1] for c in CODES], q["remark"] or None])
    wb, ws = book("Form Responses 1")
    plain_sheet(ws, head, rows, google=True)
    save(wb, GOOD / f)
    good(f, "Google Forms grid: element in brackets, numbered answers «1. Buruk»", people)


def google_model_order() -> None:
    f = "urutan-kuesioner.csv"
    r = rng(f)
    people, ts = ratings(r, 44), times(r, 44)
    head = ["Timestamp", "Jenis kelamin", "Usia"]
    head += [f"{i}. {QUESTIONS[c]}" for i, c in enumerate(MODEL_ORDER, 1)]
    rows = []
    for t, p in zip(ts, people, strict=True):
        q = profile(r)
        rows.append([f"{t:%d/%m/%Y %H:%M:%S}", q["sex"], q["age"], *[words(c, p[c]) for c in MODEL_ORDER]])
    save_csv(GOOD / f, head, rows)
    note = "question 8 is sarana (U9), question 9 is pengaduan (U8): words win over numbers"
    good(f, "the questionnaire's order: 8 sarana, 9 pengaduan, in words with numbers before them", people, notes=note)


def stray_words() -> None:
    f = "spasi-dan-opsi.xlsx"
    r = rng(f)
    people, ts = ratings(r, 40), times(r, 40)
    opts = {c: list(o) for c, o in OPTIONS.items()}
    opts["U4"] = ["Sangat mahal", "Cukup mahal", "Murah/Wajar", "Gratis"]
    opts["U3"][3] = "Sangat sesuai"  # copied from question 1 by whoever made the form
    head = ["Timestamp", "Jenis kelamin", "Usia ", *[f"{i}.{QUESTIONS[c]} " for i, c in enumerate(CODES, 1)]]
    mess = [
        lambda s: s,
        lambda s: f" {s}",
        lambda s: f"{s}  ",
        lambda s: s.replace(" ", "  "),
        str.upper,
        lambda s: s.replace(" ", "\u00a0"),
    ]
    rows = []
    for t, p in zip(ts, people, strict=True):
        q = profile(r)
        rows.append([t, q["sex"], q["age"], *[r.choice(mess)(opts[c][p[c] - 1]) for c in CODES]])
    wb, ws = book("Form Responses 1")
    plain_sheet(ws, head, rows, google=True)
    save(wb, GOOD / f)
    note = "U4 has «Murah/Wajar» for 3; U3's top option says «Sangat sesuai» and is still 4"
    good(f, "«Murah/Wajar», stray and hard spaces, capitals, a top option worded wrongly", people, notes=note)


def _kobo_meta(r, i: int, t: dt.datetime) -> list:
    u = uuid.UUID(int=r.getrandbits(128), version=4)
    return [
        500000 + i,
        str(u),
        f"{t:%Y-%m-%dT%H:%M:%S}",
        None,
        None,
        "submitted_via_web",
        None,
        "vSINTETIS001",
        None,
        i,
    ]


KOBO_META = [
    "_id",
    "_uuid",
    "_submission_time",
    "_validation_status",
    "_notes",
    "_status",
    "_submitted_by",
    "__version__",
    "_tags",
    "_index",
]


def kobo_xml() -> None:
    f = "kobo-grup.xlsx"
    r = rng(f)
    people, ts = ratings(r, 33), times(r, 33)
    slugs = ["persyaratan", "prosedur", "waktu", "biaya", "produk", "kompetensi", "perilaku", "pengaduan", "sarana"]
    head = ["start", "end", "today", "profil/jenis_kelamin", "profil/umur", "profil/pendidikan"]
    head += [f"skm/u{i}_{s}" for i, s in enumerate(slugs, 1)] + ["saran", *KOBO_META]
    rows = []
    for i, (t, p) in enumerate(zip(ts, people, strict=True), 1):
        q = profile(r)
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
    wb, ws = book("SKM Unit Layanan (sintetis)")
    plain_sheet(ws, head, rows, google=True)
    save(wb, GOOD / f)
    good(
        f,
        "KoBoToolbox Excel export: XML names with groups, answers as text digits, metadata columns, empty cells",
        people,
    )


def kobo_labels() -> None:
    f = "kobo-label.xlsx"
    r = rng(f)
    people, ts = ratings(r, 30), times(r, 30)
    head = ["start", "end", "Jenis kelamin responden", "Umur responden"]
    head += [QUESTIONS[c] for c in MODEL_ORDER] + KOBO_META
    rows = []
    for i, (t, p) in enumerate(zip(ts, people, strict=True), 1):
        q = profile(r)
        stamp = f"{t:%Y-%m-%dT%H:%M:%S}.000+07:00"
        rows.append([stamp, stamp, q["sex"], q["age"], *[words(c, p[c]) for c in MODEL_ORDER], *_kobo_meta(r, i, t)])
    wb, ws = book("SKM label (sintetis)")
    plain_sheet(ws, head, rows, google=True)
    save(wb, GOOD / f)
    good(f, "KoBoToolbox Excel export with labels, questionnaire's order", people)


def odk() -> None:
    f = "odk-central.csv"
    r = rng(f)
    people, ts = ratings(r, 36), times(r, 36)
    slugs = [
        "persyaratan",
        "prosedur",
        "waktu_penyelesaian",
        "biaya_tarif",
        "produk",
        "kompetensi",
        "perilaku",
        "pengaduan",
        "sarana_prasarana",
    ]
    head = ["SubmissionDate", "start", "end", "profil-jenis_kelamin", "profil-umur", *[f"unsur-{s}" for s in slugs]]
    head += [
        "saran",
        "meta-instanceID",
        "KEY",
        "SubmitterID",
        "SubmitterName",
        "AttachmentsPresent",
        "AttachmentsExpected",
    ]
    head += ["Status", "ReviewState", "DeviceID", "Edits", "FormVersion"]
    rows = []
    for t, p in zip(ts, people, strict=True):
        q = profile(r)
        key = f"uuid:{uuid.UUID(int=r.getrandbits(128), version=4)}"
        z = f"{t:%Y-%m-%dT%H:%M:%S}.{r.randint(100, 999)}Z"
        start = f"{t - dt.timedelta(seconds=r.randint(60, 200)):%Y-%m-%dT%H:%M:%S}.000Z"
        rows.append(
            [
                z,
                start,
                z,
                q["sex"],
                q["age"],
                *[p[c] for c in CODES],
                q["remark"],
                key,
                key,
                7,
                "Pencacah Fiktif Satu",
                0,
                0,
                "",
                "",
                "perangkat-0000",
                0,
                "2026010501",
            ]
        )
    rows[9][5] = ""
    people[9]["U1"] = None
    save_csv(GOOD / f, head, rows, eol="\n")
    good(f, "ODK Central CSV: group-prefixed names, metadata, one missing answer", people, absent=["Pencacah Fiktif"])


def doubles() -> None:
    f = "kiriman-ganda.csv"
    r = rng(f)
    people, ts = ratings(r, 30), times(r, 30)
    head = ["Timestamp", "Jenis kelamin", "Usia", *[NAMES[c] for c in CODES], "Saran"]
    line = []
    for t, p in zip(ts, people, strict=True):
        q = profile(r)
        line.append([f"{t:%d/%m/%Y %H:%M:%S}", q["sex"], q["age"], *[p[c] for c in CODES], ""])
    counted = list(people)
    agree = list(line[3])  # same answers, another time: counts
    agree[0] = f"{ts[-1] + dt.timedelta(hours=1):%d/%m/%Y %H:%M:%S}"
    counted.append(people[3])
    other = list(line[8])  # same time, other answers (two phones): counts
    changed = {c: 1 if people[8][c] == 4 else 4 for c in CODES}
    other[3:12] = [changed[c] for c in CODES]
    counted.append(changed)
    rows = [*line[:6], list(line[5]), *line[6:9], other, *line[9:], agree, list(line[20])]
    save_csv(GOOD / f, head, rows)
    rejected = [cell(8, None), cell(len(rows) + 1, None)]
    note = "row 8 repeats row 7, the last row repeats an earlier one; row 12 shares a time with row 11 but answers otherwise; the row before the last merely agrees with row 5"
    good(f, "double submissions beside rows that merely agree", counted, rejected=rejected, notes=note)


def doubles_by_id() -> None:
    f = "kiriman-ganda-id.xlsx"
    r = rng(f)
    people = ratings(r, 28)
    head = ["ID Responden", "Tanggal", "Jenis Kelamin", "Umur", *[f"U{i} {NAMES[c]}" for i, c in enumerate(CODES, 1)]]
    rows = []
    for i, p in enumerate(people):
        q = profile(r)
        rows.append([f"R-{i + 1:04d}", dt.date(2026, 2, 1 + i // 4), q["sex"], q["age"], *[p[c] for c in CODES]])
    counted = list(people)
    rows.insert(15, list(rows[10]))  # same id, same answers: out (row 17 of the sheet)
    other = list(rows[2])  # same id, other answers: counts, hint
    changed = {c: 5 - people[2][c] for c in CODES}
    other[4:] = [changed[c] for c in CODES]
    rows.append(other)
    counted.append(changed)
    wb, ws = book("Data SKM")
    plain_sheet(ws, head, rows)
    save(wb, GOOD / f)
    note = "many rows share a date and some share answers: a date without a time is no time stamp; R-0003 twice with other answers gives a hint"
    good(
        f,
        "double submission found by respondent id",
        counted,
        rejected=[cell(17, None, "Data SKM")],
        hints=True,
        notes=note,
    )


def make() -> None:
    for step in (google_words, google_letters, google_numbers, google_model_order, stray_words):
        step()
    for step in (kobo_xml, kobo_labels, odk, doubles, doubles_by_id):
        step()
