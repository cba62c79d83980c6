# %% kind="fact"
# Lesson «SKM: dari kuesioner ke IKM». CC BY 4.0. Prose in Indonesian; the English is in en.po.
# How cells are marked: mutu.course.author.parse. Numbers in {{ }} are filled from the code at build time.

# %% [markdown]
# # SKM: dari kuesioner ke IKM
#
# **Satu jam pelajaran (45 menit).** Setelah pelajaran ini Anda dapat:
#
# - menghitung IKM dari jawaban mentah, dengan tangan dan dengan komputer;
# - membaca unsur mana yang paling lemah;
# - menemukan tiga kesalahan yang sering ada dalam laporan SKM.
#
# SKM adalah Survei Kepuasan Masyarakat. IKM adalah indeks yang dihasilkan survei itu.
#
# Cara memakai: klik sebuah sel, lalu tekan **Shift + Enter**. Jalankan sel dari atas ke bawah.

# %% kind="setup"
# Persiapan: bahasa tabel dan alat yang dipakai
import os

import pandas as pd
from matplotlib import pyplot as plt

from mutu import regulations, responses
from mutu.look import colour, figure_style
from mutu.measure import skm
from mutu.report import figures
from mutu.widgets import quiz

os.environ["MUTU_LANG"] = _("id")
plt.rcParams.update(figure_style())

# %% [markdown]
# ## Ingat lagi
#
# Sebelum mulai, ingat loket Anda sendiri. Tidak ada jawaban yang salah.

# %% kind="quiz"
quiz.ask_own(
    _("Berapa unsur yang ditanyakan survei terakhir di kantor Anda?"),
    _("Simpan angka itu. Peraturan menyebut sembilan unsur; nanti kita lihat apa akibatnya bila kurang."),
)

# %% kind="quiz"
quiz.ask_own(
    _("Satu kata: apa keluhan yang paling sering Anda dengar di loket?"),
    _("Ingat kata itu. Di akhir pelajaran Anda mencari unsur yang mengukurnya."),
)

# %% [markdown]
# ## Situasi
#
# Bu Ratna memimpin Dinas Dukcapil sebuah kabupaten. Kantor ini rekaan.
#
# Ada enam jenis layanan dan empat loket. Tiga bulan terakhir, 300 orang mengisi survei.
#
# Jawabannya terkumpul dalam satu file Excel. Besok pagi Bupati ingin mendengar hasilnya.
#
# Anggaran tahun depan hanya cukup untuk satu perbaikan. Ada dua usul: kursi baru untuk ruang tunggu, atau petugas khusus pengaduan.
#
# Bu Ratna bertanya kepada Anda: «Berapa IKM kita, dan mana yang harus didahulukan?»

# %% [markdown]
# ## Tebak dulu
#
# Indeks terendah 25, tertinggi 100. Semua petugas merasa pelayanan sudah baik. Berapa tebakan Anda?

# %% kind="quiz"
tebakan = quiz.Guess(_("Berapa IKM kantor ini, antara 25 dan 100? Tulis lalu tekan Enter."))
tebakan

# %% [markdown]
# ## Lihat data
#
# Kita buka filenya. Datanya sintetis: dibuat program, bukan survei nyata.

# %%
survei = responses.read("data/survei-dukcapil.xlsx")
jawaban = survei.answers
jawaban.head(10)

# %% [markdown]
# Satu baris adalah satu orang. **Responden** adalah orang yang menjawab survei.
#
# Satu kolom adalah satu **unsur**, yaitu satu sisi pelayanan yang dinilai. U1 berarti persyaratan, U8 berarti pengaduan.
#
# Jawaban teks sudah menjadi angka 1 sampai 4. «Tidak sesuai» menjadi 1, «Sangat sesuai» menjadi 4. `<NA>` berarti tidak dijawab.
#
# Angka paling kiri adalah nomor baris di file Excel.
#
# Sekarang satu gambar. Kita hitung berapa orang memberi tiap nilai untuk penanganan pengaduan.

# %%
nilai = jawaban["U8"].value_counts().sort_index()
rendah = 100 * nilai[:2].sum() / nilai.sum()

gambar = nilai.plot.barh(figsize=(6.3, 2.4), color=colour("primary"))
gambar.bar_label(gambar.containers[0], padding=4)
gambar.set_title(_("{0:.0f} % memberi pengaduan nilai 1 atau 2").format(rendah))
gambar.set_xlabel(_("banyak responden (n = {0}, data sintetis)").format(nilai.sum()))
gambar.set_ylabel(_("jawaban"));

# %% [markdown]
# Lebih dari separuh, {{rendah|0}} persen, memberi nilai 1 atau 2 untuk pengaduan. Ini petunjuk pertama.

# %% [markdown]
# ## Langkah demi langkah
#
# ### 1. Rata-rata satu unsur
#
# Mulai dari lima orang dan tiga unsur, supaya bisa dihitung dengan tangan.
#
# | Responden | Persyaratan | Waktu | Pengaduan |
# |---|---|---|---|
# | A | 3 | 3 | 2 |
# | B | 4 | 3 | 3 |
# | C | 3 | 2 | – |
# | D | 4 | 3 | 2 |
# | E | 3 | 2 | 2 |
#
# Responden C tidak pernah mengadu, jadi ia tidak menjawab pertanyaan pengaduan.
#
# **NRR** (nilai rata-rata) sebuah unsur adalah jumlah jawabannya dibagi banyaknya orang yang menjawab.

# %%
persyaratan = [3, 4, 3, 4, 3]
waktu = [3, 3, 2, 3, 2]
pengaduan = [2, 3, 2, 2]  # hanya empat orang menjawab

nrr_persyaratan = sum(persyaratan) / len(persyaratan)
nrr_waktu = sum(waktu) / len(waktu)
nrr_pengaduan = sum(pengaduan) / len(pengaduan)

nrr_persyaratan, nrr_waktu, nrr_pengaduan

# %% [markdown]
# Persyaratan {{nrr_persyaratan}}, waktu {{nrr_waktu}}, pengaduan {{nrr_pengaduan}}. Pengaduan dibagi empat, bukan lima.
#
# ### 2. Dari unsur ke indeks
#
# Setiap unsur berbobot sama: 1 dibagi banyaknya unsur yang ditanyakan. Di sini 1/3, dalam survei lengkap 1/9.
#
# Kalikan setiap NRR dengan bobotnya, lalu jumlahkan. Hasilnya masih pada skala 1 sampai 4.

# %%
bobot = 1 / 3
rata_rata = (nrr_persyaratan + nrr_waktu + nrr_pengaduan) * bobot
ikm_lima_orang = rata_rata * 25

rata_rata, ikm_lima_orang

# %% [markdown]
# Rata-ratanya {{rata_rata}}. Dikali 25 menjadi {{ikm_lima_orang}}. Itulah IKM: skala 1–4 menjadi skala 25–100.
#
# Dalam satu rumus:
#
# $$\text{IKM} = 25 \times \sum \text{NRR} \times \text{bobot}$$
#
# ### 3. Dari indeks ke huruf mutu
#
# Peraturan membagi indeks menjadi empat **huruf mutu**. Bulatkan dulu ke dua desimal, baru lihat tabelnya.
#
# | Huruf | IKM | Kinerja |
# |---|---|---|
# | A | {{tingkat["A"].low}} – {{tingkat["A"].high}} | {{str(tingkat["A"].kinerja).lower()}} |
# | B | {{tingkat["B"].low}} – {{tingkat["B"].high}} | {{str(tingkat["B"].kinerja).lower()}} |
# | C | {{tingkat["C"].low}} – {{tingkat["C"].high}} | {{str(tingkat["C"].kinerja).lower()}} |
# | D | {{tingkat["D"].low}} – {{tingkat["D"].high}} | {{str(tingkat["D"].kinerja).lower()}} |
#
# Tabel itu tersimpan di dalam `mutu`, lengkap dengan nama peraturannya. Kita tanyakan huruf untuk {{ikm_lima_orang}}.

# %%
aturan = regulations.skm()
aturan.grade(ikm_lima_orang).mutu

# %% kind="setup"
# Batas huruf mutu untuk tabel di atas
tingkat = {satu.mutu: satu for satu in aturan.bands}

# %% [markdown]
# Hurufnya {{aturan.grade(ikm_lima_orang).mutu}}.
#
# ### 4. Biarkan komputer menghitung
#
# Fungsi `skm.score` melakukan tiga langkah tadi sekaligus. Kita coba dengan lima orang yang sama.

# %%
lima_orang = pd.DataFrame(
    {
        "U1": [3, 4, 3, 4, 3],
        "U3": [3, 3, 2, 3, 2],
        "U8": [2, 3, None, 2, 2],
    }
)
skm.score(lima_orang)

# %% [markdown]
# Angkanya sama: {{skm.score(lima_orang).rounded}}. Fungsi ini juga memberi **selang kepercayaan**, yaitu seberapa jauh hasil bisa meleset karena kebetulan.
#
# Dengan lima orang selangnya lebar sekali. Sekarang semua responden.

# %%
hasil = skm.score(jawaban)
ikm = hasil.rounded
hasil

# %% [markdown]
# IKM kantor ini **{{ikm}}**, mutu {{hasil.mutu}}, dari {{hasil.n}} responden. Selangnya {{hasil.interval.low}} sampai {{hasil.interval.high}}.
#
# Bagaimana dengan tebakan Anda?

# %%
tebakan.compare(ikm)

# %% [markdown]
# ### 5. Mana yang paling lemah?
#
# Satu indeks menyembunyikan sembilan cerita. Gambar ini mengurutkan unsur dari yang terlemah.

# %%
figures.elements(hasil)

# %% [markdown]
# **Apa yang kita lihat?** Pikirkan sebentar, lalu buka jawabannya.
#
# <details><summary><b>Jawaban</b></summary>
#
# Pengaduan paling lemah: NRR {{hasil.element("U8").nrr}}. Garis kecil adalah selangnya. Garis itu tidak menyentuh garis unsur lain.
#
# Waktu penyelesaian menyusul dengan {{hasil.element("U3").nrr}}. Biaya paling kuat, {{hasil.element("U4").nrr}}, karena layanan ini gratis.
#
# </details>
#
# Jawaban untuk Bu Ratna: dahulukan pengaduan. Sarana bernilai {{hasil.element("U9").nrr}}, jelas lebih baik.

# %% kind="fact"
# What the prose says in words
urut = sorted(hasil.unsur, key=lambda unsur: unsur.nrr)
assert rendah > 50
assert [urut[0].kode, urut[1].kode, urut[-1].kode] == ["U8", "U3", "U4"]
assert urut[0].nrr_interval.high < urut[1].nrr_interval.low
assert hasil.element("U9").nrr_interval.low > urut[0].nrr_interval.high

# %% [markdown]
# ## Coba sendiri
#
# Layanan Dukcapil memang gratis menurut undang-undang. Masih perlukah bertanya tentang biaya?
#
# Buang kolom `U4`, lalu hitung lagi. Bobot otomatis menjadi 1/8.

# %%
dibuang = "U4"
hasil_delapan = skm.score(jawaban.drop(columns=dibuang))
float(hasil_delapan.rounded)

# %% [markdown]
# IKM turun dari {{ikm}} menjadi {{hasil_delapan.rounded}}. Biaya yang gratis mengangkat indeks, padahal bukan hasil kerja loket.
#
# Sekarang ganti `"U4"` dengan `"U8"`, lalu jalankan lagi. Naik atau turun? Mengapa?

# %% [markdown]
# ## Cek pemahaman
#
# Lima soal dari meja kantor. Tulis jawabannya, lalu tekan Enter.

# %% kind="quiz"
quiz.ask_number(
    _("1. Enam orang menilai waktu: 3, 2, 4, 3, kosong, 3. Berapa NRR-nya?"),
    3,
    _("15 dibagi 5. Yang kosong tidak dihitung sebagai penjawab."),
    hints=[(2.5, _("Anda membagi dengan 6. Hanya lima orang yang menjawab."))],
)

# %% kind="quiz"
quiz.ask_number(
    _("2. Sebuah puskesmas menanyakan delapan unsur. Berapa bobot satu unsur?"),
    0.125,
    _("1 dibagi 8. Bobot mengikuti banyaknya unsur yang ditanyakan."),
    within=0.0005,
    hints=[(0.11, _("Itu bobot untuk sembilan unsur, dan sudah dibulatkan."))],
)

# %% kind="quiz"
quiz.ask_number(
    _("3. Rata-rata tertimbang semua unsur 3,20. Berapa IKM-nya?"),
    80,
    _("3,20 × 25 = 80. Skala 1–4 menjadi 25–100."),
    hints=[(64, _("Anda mengali 20, seperti pada skala 1–5. Di sini 25."))],
)

# %% kind="quiz"
quiz.ask_word(
    _("4. IKM sebelum dibulatkan 88,305. Apa huruf mutunya?"),
    ["A"],
    _("Dibulatkan menjadi 88,31, dan A mulai dari 88,31."),
    _("Bulatkan dulu ke dua desimal, baru lihat tabel."),
)

# %% kind="quiz"
quiz.ask_choice(
    _("5. Sebuah loket memakai skala 1–5. Apa yang Anda lakukan?"),
    [
        _("Menghitungnya seperti skala 1–4"),
        _("Mengubahnya ke skala 1–4 dan menulis caranya di laporan"),
        _("Menghapus semua jawaban 5"),
    ],
    1,
    _("Skala lain boleh dikonversi, asal disebut. Menghapus jawaban 5 membuang orang paling puas."),
    _("Nilai 5 tidak ada pada skala peraturan. Pembaca harus tahu apa yang Anda ubah."),
)

# %% [markdown]
# ## Jebakan
#
# Tiga kesalahan ini ada dalam laporan sungguhan. Angka di sini dari data sintetis kita.
#
# ### Bobot 0,11
#
# Banyak lembar kerja memakai bobot 0,11. Padahal 1/9 adalah 0,111111 dan seterusnya. Sembilan kali 0,11 hanya 0,99.

# %%
hasil_011 = skm.score(jawaban, weights="0.11")
pd.DataFrame(
    {
        _("bobot"): ["1/9", _("0,11")],
        "IKM": [float(hasil.rounded), float(hasil_011.rounded)],
        _("huruf"): [hasil.mutu, hasil_011.mutu],
    }
)

# %% [markdown]
# Satu persen hilang: {{ikm}} menjadi {{hasil_011.rounded}}. Di kantor ini hurufnya ikut jatuh, dari {{hasil.mutu}} ke {{hasil_011.mutu}}.
#
# Pelayanannya tidak berubah sedikit pun. Pakailah 1/9, dan sebutkan bobot di laporan.
#
# ### Kolom 8 dan 9 tertukar
#
# Batang tubuh peraturan menaruh pengaduan sebagai unsur 8 dan sarana sebagai unsur 9. Contoh kuesionernya terbalik.
#
# File kita mengikuti contoh kuesioner. Lihat apa yang terjadi bila kolom dibaca menurut urutan saja.

# %%
tertukar = jawaban.rename(columns={"U8": "U9", "U9": "U8"})
salah = skm.score(tertukar)
pd.DataFrame(
    {
        _("unsur"): [unsur.nama for unsur in hasil.unsur[7:]],
        _("benar"): [float(unsur.nrr) for unsur in hasil.unsur[7:]],
        _("tertukar"): [float(unsur.nrr) for unsur in salah.unsur[7:]],
    }
).round(2)

# %% [markdown]
# IKM-nya tetap {{salah.rounded}}, jadi tidak ada yang curiga. Namun sarana kini tampak paling lemah.
#
# Bu Ratna akan membeli kursi, sedangkan pengaduan tetap tidak ditangani. Cocokkan kolom dengan bunyi pertanyaannya. `responses.read` melakukan itu.
#
# ### Kosong dihitung nol
#
# Dalam lembar kerja, sel kosong mudah berubah menjadi 0. Skala ini tidak mengenal 0.

# %%
nrr_benar = float(jawaban["U8"].mean())
nrr_nol = float(jawaban["U8"].fillna(0).mean())

round(nrr_benar, 2), round(nrr_nol, 2)

# %% [markdown]
# NRR pengaduan turun dari {{nrr_benar}} menjadi {{nrr_nol}}. {{int(jawaban["U8"].isna().sum())}} orang yang tidak menjawab dianggap sangat kecewa.

# %% kind="fact"
assert hasil.mutu == "B" and hasil_011.mutu == "C" and hasil_delapan.ikm < hasil.ikm
assert salah.ikm == hasil.ikm and min(salah.unsur, key=lambda unsur: unsur.nrr).kode == "U9"
assert len(jawaban) == hasil.n == 300

# %% [markdown]
# ## Bawa ke kantor
#
# **Satu hal untuk besok:** buka laporan SKM terakhir kantor Anda dan isi tabel ini.
#
# | Pertanyaan | Jawaban kantor saya |
# |---|---|
# | Berapa unsur yang ditanyakan? | |
# | Bobot apa yang dipakai: 1/9, 0,111, atau 0,11? | |
# | Kolom mana yang berisi pengaduan, mana sarana? | |
# | Bagaimana sel kosong dihitung? | |
# | Dua unsur terlemah, dan siapa yang menanganinya? | |
#
# Punya file jawabannya? Unggah di halaman **penilaian mandiri**, atau tulis di terminal:
#
# ```
# mutu skm score survei.xlsx
# ```

# %% [markdown]
# ## Ringkasan satu halaman
#
# 1. **NRR** unsur = jumlah jawaban ÷ banyaknya yang menjawab. Kosong bukan nol.
# 2. **Bobot** = 1 ÷ banyaknya unsur yang ditanyakan. Sembilan unsur: 1/9, bukan 0,11.
# 3. **IKM** = jumlah (NRR × bobot) × 25, antara 25 dan 100.
# 4. **Bulatkan dulu** ke dua desimal, baru cari huruf mutunya.
# 5. **Cocokkan kolom** dengan bunyi pertanyaan, terutama pengaduan dan sarana.
# 6. **Laporkan** banyaknya responden, bobot, selang, dan dua unsur terlemah.
#
# ### Sumber
#
# - Permenpan RB 14/2017 tentang pedoman Survei Kepuasan Masyarakat: unsur, rumus, dan huruf mutu.
# - Data: sintetis, dari `data/make.py` modul ini, lisensi CC0.
# - Selang kepercayaan: linearisasi Taylor atas responden, sebaran t, 95 %.
#
# ### Daftar istilah
#
# | Istilah | Arti |
# |---|---|
# | SKM | Survei Kepuasan Masyarakat |
# | IKM | indeks kepuasan, 25–100 |
# | unsur | satu sisi pelayanan yang dinilai |
# | NRR | nilai rata-rata satu unsur, 1–4 |
# | bobot | bagian satu unsur dalam indeks |
# | jawaban | tabel: responden di baris, unsur di kolom |
# | huruf mutu | A, B, C, atau D |
# | selang kepercayaan | rentang yang wajar bagi nilai sebenarnya |
# | responden | orang yang menjawab survei |
#
# Lanjutkan dengan latihan modul ini: buka folder `latihan`.
