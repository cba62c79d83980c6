# %% kind="fact"
# Lesson «SKM: dari kuesioner ke IKM». CC BY 4.0. Prose in Indonesian; the English is in en.po.
# How cells are marked: mutu.course.author.parse. Numbers in {{ }} are filled from the code at build time.

# %% [markdown]
# # SKM: dari kuesioner ke IKM
#
# **Satu jam pelajaran (45 menit).** Setelah pelajaran ini Anda dapat:
#
# - menghitung IKM dari jawaban responden, dengan tangan dan dengan komputer;
# - menentukan unsur yang paling lemah;
# - menemukan tiga kesalahan yang mudah terjadi dalam laporan SKM.
#
# SKM adalah Survei Kepuasan Masyarakat. IKM adalah Indeks Kepuasan Masyarakat, yaitu hasil SKM dalam satu angka.
#
# Lewat survei, warga ikut menilai pelayanan. Kantor menjawabnya dengan perbaikan.
#
# **Cara memakai halaman ini**
#
# - Anda tidak perlu bisa memprogram. Perintah sudah tertulis dalam **sel**, yaitu kotak berwarna abu-abu.
# - Klik sebuah sel, lalu tekan **Shift + Enter**. Di ponsel, ketuk tombol **▶** di baris alat.
# - Hasilnya muncul di bawah sel. Jalankan semua sel dari atas ke bawah, satu per satu.
# - Sel dengan tanda `•••` dilipat. Jalankan saja, tidak perlu dibuka.
# - Muncul tulisan merah? Biasanya ada sel yang terlewat. Jalankan lagi dari sel pertama.
#
# Sel pertama memuat alat yang dipakai. Di laptop lama perlu waktu; tunggu sampai tanda `[*]` hilang.

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
# Dua pertanyaan tentang kantor Anda sendiri. Jalankan kedua sel ini. Tulis jawaban Anda, lalu tekan Enter.

# %% kind="quiz"
quiz.ask_own(
    _("Berapa unsur yang ditanyakan dalam survei terakhir di kantor Anda?"),
    _("Peraturan menetapkan sembilan unsur. Catat angka Anda; nanti Anda lihat pengaruhnya pada bobot."),
    replies=[
        (_("9 sembilan"), _("Sembilan, sama dengan yang ditetapkan peraturan.")),
        (_("14 empatbelas"), _("Empat belas unsur berasal dari aturan lama. Sekarang sembilan.")),
    ],
)

# %% kind="quiz"
quiz.ask_own(
    _("Satu kata: keluhan apa yang paling sering Anda dengar di loket?"),
    _("Catat kata itu. Di akhir pelajaran Anda mencari unsur yang mengukurnya."),
    replies=[
        (_("syarat persyaratan dokumen fotokopi"), _("Itu unsur 1, persyaratan.")),
        (_("rumit berbelit prosedur alur"), _("Itu unsur 2, sistem, mekanisme, dan prosedur.")),
        (_("lama lambat antre antri waktu"), _("Itu unsur 3, waktu penyelesaian.")),
        (_("mahal biaya tarif pungli pungutan"), _("Itu unsur 4, biaya/tarif.")),
        (_("salah keliru"), _("Itu unsur 5, produk spesifikasi jenis pelayanan.")),
        (_("bingung kompeten"), _("Itu unsur 6, kompetensi pelaksana.")),
        (_("judes kasar ramah sopan sikap"), _("Itu unsur 7, perilaku pelaksana.")),
        (_("aduan pengaduan tanggapan"), _("Itu unsur 8, penanganan pengaduan.")),
        (_("kursi parkir toilet sempit panas"), _("Itu unsur 9, sarana dan prasarana.")),
    ],
)

# %% [markdown]
# ## Situasi
#
# Bu Ratna memimpin Dinas Kependudukan dan Pencatatan Sipil (Dukcapil) sebuah kabupaten. Kantor dan orangnya rekaan.
#
# Ada enam jenis layanan dan empat loket. Pada triwulan III 2026, 300 orang mengisi survei.
#
# Jawabannya terkumpul dalam satu berkas Excel. Besok pagi Bupati meminta hasilnya.
#
# Anggaran tahun depan hanya cukup untuk satu perbaikan. Ada dua usul:
#
# - Bagian umum mengusulkan kursi baru: «Ruang tunggu selalu penuh.»
# - Petugas loket mengusulkan petugas khusus pengaduan: «Warga mengadu, tetapi tidak ada yang menjawab.»
#
# Keduanya yakin survei mendukung usul mereka. Belum ada yang menghitungnya.
#
# Bu Ratna bertanya kepada Anda: «Berapa IKM kita, dan usul mana yang kita dahulukan?»

# %% [markdown]
# ## Tebak dulu
#
# Indeks terendah 25, tertinggi 100. Semua petugas merasa pelayanan sudah baik. Tebaklah sebelum menghitung.

# %% kind="quiz"
tebakan = quiz.Guess(_("Berapa IKM kantor ini, antara 25 dan 100? Tulis, lalu tekan Enter."))
tebakan

# %% kind="quiz"
quiz.ask_own(
    _("Usul mana yang Anda dahulukan: kursi atau pengaduan? Tulis satu kata."),
    _("Tercatat. Bandingkan nanti dengan hasil hitungan."),
)

# %% [markdown]
# ## Lihat data
#
# Kita buka berkasnya. Datanya sintetis: dibuat oleh program, bukan survei nyata.

# %%
survei = responses.read("data/survei-dukcapil.xlsx")
jawaban = survei.answers
jawaban.head(10)

# %% [markdown]
# Satu baris adalah satu orang. **Responden** adalah orang yang menjawab survei.
#
# Satu kolom adalah satu **unsur**, yaitu satu segi pelayanan yang dinilai. U1 berarti persyaratan, U8 berarti pengaduan.
#
# Jawaban teks sudah menjadi angka 1 sampai 4. «Tidak sesuai» menjadi 1, «Sangat sesuai» menjadi 4. `<NA>` berarti tidak dijawab.
#
# Angka paling kiri (`row`) adalah nomor baris dalam berkas Excel.
#
# Sekarang satu gambar. Berapa orang memberi nilai 1, 2, 3, dan 4 untuk penanganan pengaduan?
#
# Di Excel Anda memakai `COUNTIF`. Di sini `value_counts` mengerjakannya untuk semua nilai sekaligus.

# %%
nilai = jawaban["U8"].value_counts().sort_index()
nilai.to_frame(_("orang"))

# %% kind="setup"
# Gambar dari tabel di atas
rendah = 100 * nilai.loc[1:2].sum() / nilai.sum()
gambar = nilai.plot.barh(figsize=(6.3, 2.4), color=colour("primary"))
gambar.bar_label(gambar.containers[0], padding=4)
gambar.set_title(_("{0:.0f}% memberi pengaduan nilai 1 atau 2").format(rendah))
gambar.set_xlabel(_("jumlah responden (n = {0}; data sintetis)").format(nilai.sum()))
gambar.set_ylabel(_("jawaban"));

# %% [markdown]
# Sebanyak {{int(nilai[1])}} + {{int(nilai[2])}} dari {{int(nilai.sum())}} penjawab memberi nilai 1 atau 2: {{rendah|0}} persen, lebih dari separuh.
#
# Ini petunjuk pertama.

# %% [markdown]
# ## Langkah demi langkah
#
# ### 1. Rata-rata satu unsur
#
# Kita mulai dari lima orang dan tiga unsur, supaya dapat dihitung dengan tangan.
#
# | Responden | Persyaratan | Waktu | Pengaduan |
# |---|---|---|---|
# | A | 3 | 3 | 2 |
# | B | 4 | 3 | 3 |
# | C | 3 | 2 | – |
# | D | 4 | 3 | 2 |
# | E | 3 | 2 | 2 |
#
# Responden C belum pernah mengadu. Karena itu, ia mengosongkan pertanyaan pengaduan.
#
# **NRR** (nilai rata-rata) sebuah unsur adalah jumlah nilai jawabannya dibagi banyaknya orang yang menjawab.
#
# Hitung dulu ketiga NRR di kertas, baru jalankan sel ini.
#
# `sum` bekerja seperti `SUM` di Excel, `len` seperti `COUNT`. Keduanya bersama-sama sama dengan `AVERAGE`.

# %%
persyaratan = [3, 4, 3, 4, 3]
waktu = [3, 3, 2, 3, 2]
pengaduan = [2, 3, 2, 2]  # hanya empat orang menjawab

nrr_persyaratan = sum(persyaratan) / len(persyaratan)
nrr_waktu = sum(waktu) / len(waktu)
nrr_pengaduan = sum(pengaduan) / len(pengaduan)

nrr_persyaratan, nrr_waktu, nrr_pengaduan

# %% [markdown]
# NRR persyaratan {{nrr_persyaratan}}, waktu {{nrr_waktu}}, pengaduan {{nrr_pengaduan}}. Pengaduan dibagi empat, bukan lima.
#
# Python menulis tanda desimal dengan titik: `3.4` berarti 3,4.
#
# ### 2. Dari unsur ke indeks
#
# **Bobot** setiap unsur sama: 1 dibagi banyaknya unsur yang ditanyakan. Di sini 1/3, dalam survei lengkap 1/9.
#
# Kalikan setiap NRR dengan bobotnya; hasilnya disebut **NRR tertimbang**. Lalu jumlahkan ketiganya.
#
# Jumlahnya masih berada pada skala 1 sampai 4. Hitung lagi di kertas dulu, baru jalankan selnya.

# %%
bobot = 1 / 3
rata_rata = (nrr_persyaratan + nrr_waktu + nrr_pengaduan) * bobot
ikm_lima_orang = rata_rata * 25

rata_rata, ikm_lima_orang

# %% [markdown]
# Rata-ratanya {{rata_rata}}. Dikalikan 25, hasilnya {{ikm_lima_orang}}. Itulah IKM: skala 1–4 menjadi skala 25–100.
#
# Dalam satu rumus:
#
# $$\text{IKM} = 25 \times \sum \text{NRR} \times \text{bobot}$$
#
# ### 3. Dari indeks ke mutu pelayanan
#
# Peraturan membagi IKM menjadi empat tingkat **mutu pelayanan**, dari A sampai D. Setiap tingkat punya sebutan **kinerja**.
#
# | Mutu | IKM | Kinerja |
# |---|---|---|
# | A | {{tingkat["A"].low}} – {{tingkat["A"].high}} | {{str(tingkat["A"].kinerja).lower()}} |
# | B | {{tingkat["B"].low}} – {{tingkat["B"].high}} | {{str(tingkat["B"].kinerja).lower()}} |
# | C | {{tingkat["C"].low}} – {{tingkat["C"].high}} | {{str(tingkat["C"].kinerja).lower()}} |
# | D | {{tingkat["D"].low}} – {{tingkat["D"].high}} | {{str(tingkat["D"].kinerja).lower()}} |
#
# Tabel itu punya celah. Nilai {{76.605|3}}, misalnya, tidak termasuk C dan tidak termasuk B.
#
# Karena itu, **bulatkan dulu** IKM ke dua desimal. Angka 5 dibulatkan ke atas, jadi {{76.605|3}} menjadi {{76.61}}: mutu B.
#
# Tabel itu tersimpan dalam program `mutu`, lengkap dengan nama peraturannya. Kita tanyakan mutu untuk IKM {{ikm_lima_orang}}.

# %%
aturan = regulations.skm()
aturan.grade(ikm_lima_orang).mutu

# %% kind="fact"
tingkat = {satu.mutu: satu for satu in aturan.bands}

# %% [markdown]
# Mutunya {{aturan.grade(ikm_lima_orang).mutu}}.
#
# ### 4. Biarkan komputer menghitung
#
# Fungsi `skm.score` melakukan tiga langkah tadi sekaligus. Kita coba dengan lima orang yang sama.
#
# `None` berarti tidak dijawab.

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
# Angkanya sama: {{skm.score(lima_orang).rounded}}. Fungsi ini juga memberi **selang kepercayaan**.
#
# Survei hanya menanyai sebagian pengguna. Selang kepercayaan adalah kisaran yang wajar bagi IKM seandainya semua pengguna ditanya.
#
# «95%» berarti: dari 100 survei serupa, kira-kira 95 selangnya memuat IKM seluruh pengguna.
#
# Dengan lima orang, selangnya lebar sekali. Sekarang kita pakai semua responden. Tebak dulu: menjadi lebih sempit atau lebih lebar?

# %%
hasil = skm.score(jawaban)
ikm = hasil.rounded
hasil

# %% [markdown]
# IKM kantor ini **{{ikm}}**, mutu pelayanan {{hasil.mutu}}, dari {{hasil.n}} responden. Selangnya {{hasil.interval.low}} sampai {{hasil.interval.high}}.
#
# Selangnya jauh lebih sempit. Mutu B mulai dari {{tingkat["B"].low}}. Batas itu ada di dalam selang, jadi mutu B **belum pasti**.
#
# Satu hal tidak terlihat dalam selang: siapa yang ditanya. Bila petugas memilih respondennya, hasilnya dapat terlalu baik.
#
# Bagaimana dengan tebakan Anda?

# %%
tebakan.compare(ikm)

# %% [markdown]
# ### 5. Mana yang paling lemah?
#
# Satu angka merangkum sembilan unsur, sehingga unsur yang lemah tidak terlihat. Gambar ini mengurutkan unsur dari yang terlemah.

# %%
figures.elements(hasil)

# %% [markdown]
# **Apa yang kita lihat?** Pikirkan sebentar, lalu buka jawabannya.
#
# <details><summary><b>Jawaban</b></summary>
#
# Pengaduan paling lemah: NRR {{hasil.element("U8").nrr}}. Garis mendatar adalah selangnya. Garis itu tidak menyentuh garis unsur lain.
#
# Waktu penyelesaian menyusul dengan {{hasil.element("U3").nrr}}. Biaya paling kuat, {{hasil.element("U4").nrr}}, karena layanan ini gratis.
#
# </details>
#
# Jawaban untuk Bu Ratna: dahulukan pengaduan. Sarana bernilai {{hasil.element("U9").nrr}}, jelas lebih baik. Samakah dengan pilihan Anda tadi?
#
# Survei menunjukkan *di mana* masalahnya, bukan *mengapa*. Tanyakan sebabnya kepada warga dan petugas sebelum bertindak.

# %% kind="fact"
# What the prose says in words
urut = sorted(hasil.unsur, key=lambda unsur: unsur.nrr)
assert rendah > 50
assert [urut[0].kode, urut[1].kode, urut[-1].kode] == ["U8", "U3", "U4"]
assert urut[0].nrr_interval.high < urut[1].nrr_interval.low
assert hasil.element("U9").nrr_interval.low > urut[0].nrr_interval.high
assert hasil.interval.low < tingkat["B"].low < hasil.interval.high

# %% [markdown]
# ## Coba sendiri
#
# Dokumen kependudukan gratis menurut UU 24/2013 Pasal 79A. Apa jadinya bila unsur biaya tidak ikut dihitung?
#
# Kita buang kolom `U4`, lalu menghitung lagi. Bobot setiap unsur otomatis menjadi 1/8. Tebak dulu: naik atau turun?

# %%
dibuang = "U4"
hasil_delapan = skm.score(jawaban.drop(columns=dibuang))
float(hasil_delapan.rounded)

# %% [markdown]
# IKM turun dari {{ikm}} menjadi {{hasil_delapan.rounded}}. Layanan gratis mengangkat indeks, padahal itu bukan hasil kerja loket.
#
# Sekarang giliran Anda. Ganti `"U4"` dengan `"U8"`, lalu jalankan lagi sel di atas. Naik atau turun? Mengapa?
#
# <details><summary><b>Jawaban</b></summary>
#
# IKM naik menjadi {{skm.score(jawaban.drop(columns="U8")).rounded}}. Unsur terlemah tidak lagi ikut dihitung, padahal pelayanannya tetap sama.
#
# Karena itu, laporan harus menyebut unsur mana yang dihitung.
#
# </details>

# %% [markdown]
# ## Cek pemahaman
#
# Lima soal dari pekerjaan sehari-hari. Jalankan selnya, tulis jawaban Anda, lalu tekan Enter.

# %% kind="quiz"
quiz.ask_number(
    _("1. Enam orang menilai waktu: 3, 2, 4, 3, kosong, 3. Berapa NRR-nya?"),
    3,
    _("Jumlahnya 15, dibagi 5 orang. Jawaban kosong tidak ikut dihitung."),
    hints=[(2.5, _("Anda membagi dengan 6. Hanya lima orang yang menjawab."))],
)

# %% kind="quiz"
quiz.ask_number(
    _("2. Puskesmas menanyakan delapan unsur; jumlah NRR-nya 25,6. Berapa IKM?"),
    80,
    _("25,6 ÷ 8 = 3,2 dan 3,2 × 25 = 80. Bobot satu unsur 1/8."),
    within=0.05,
    hints=[
        (70.4, _("Itu hasil dengan bobot 0,11. Di sini delapan unsur: 1/8.")),
        (71.04, _("Itu hasil dengan bobot 0,111. Di sini delapan unsur: 1/8.")),
        (71.11, _("Anda membagi dengan 9. Hanya delapan unsur ditanyakan.")),
        (3.2, _("Itu rata-rata pada skala 1–4. Masih perlu dikalikan 25.")),
        (64, _("Anda mengalikan dengan 20, seperti skala 1–5. Kalikan 25.")),
    ],
)

# %% kind="quiz"
quiz.ask_number(
    _("3. Dua unsur, dua orang. A: 4 dan 4. B: 2 dan kosong. Berapa IKM-nya?"),
    87.5,
    _("NRR unsur 1: 3. NRR unsur 2: 4. Rata-ratanya 3,5; dikalikan 25."),
    within=0.05,
    hints=[
        (75, _("Anda merata-ratakan tiap orang dulu. Mulailah dari tiap unsur.")),
        (83.33, _("Anda merata-ratakan semua jawaban. Hitung NRR tiap unsur dulu.")),
        (62.5, _("Jawaban kosong ikut dihitung sebagai 0.")),
        (3.5, _("Itu rata-rata pada skala 1–4. Masih perlu dikalikan 25.")),
    ],
)

# %% kind="quiz"
quiz.ask_word(
    _("4. IKM sebelum dibulatkan 88,305. Apa mutu pelayanannya? Tulis hurufnya."),
    ["A"],
    _("88,305 dibulatkan menjadi 88,31, dan A mulai dari 88,31."),
    _("Bulatkan dulu ke dua desimal, baru lihat tabel."),
)

# %% kind="quiz"
quiz.ask_choice(
    _("5. IKM 77,20; selang 75,90 sampai 78,50. Apa yang Anda laporkan?"),
    [_("Pasti mutu B"), _("B, belum pasti"), _("Mutu C")],
    1,
    _("Batas B, yaitu 76,61, ada di dalam selang. B belum pasti."),
    _("Cari batas mutu B. Apakah batas itu ada di dalam selang?"),
)

# %% [markdown]
# ## Jebakan
#
# Tiga kesalahan, dan ketiganya mudah dicegah. Angka di bawah berasal dari data sintetis kita.
#
# Yang pertama dan ketiga terbaca dalam cetakan laporan dan kode aplikasi SKM yang terbuka untuk umum. Yang kedua mudah terjadi karena dua urutan unsur beredar.
#
# ### Bobot yang dibulatkan
#
# Sebagian laporan memakai bobot 0,11, sebagian 0,111. Padahal 1/9 adalah 0,1111 dan seterusnya.
#
# Sembilan kali 0,11 hanya 0,99. Sembilan kali 0,111 adalah 0,999. Bandingkan ketiga IKM: 1/9, 0,111, dan 0,11.

# %%
hasil_111 = skm.score(jawaban, weights="0.111")
hasil_011 = skm.score(jawaban, weights="0.11")

float(hasil.rounded), float(hasil_111.rounded), float(hasil_011.rounded)

# %% [markdown]
# Dengan 0,11 hilang satu persen: {{ikm}} menjadi {{hasil_011.rounded}}. Di kantor ini mutunya ikut turun, dari {{hasil.mutu}} ke {{hasil_011.mutu}}.
#
# Pelayanannya tidak berubah sedikit pun. Pakailah 1/9, dan sebutkan bobot itu dalam laporan.
#
# ### Kolom 8 dan 9 tertukar
#
# Dalam uraian peraturan, pengaduan adalah unsur 8 dan sarana unsur 9. Dalam contoh kuesionernya, urutan itu terbalik.
#
# Kedua urutan dipakai dalam laporan yang terbit. Berkas kita mengikuti contoh kuesioner.
#
# Gambar berikut sengaja dibuat salah: kolom dibaca menurut urutannya saja.

# %%
tertukar = jawaban.rename(columns={"U8": "U9", "U9": "U8"})
salah = skm.score(tertukar)
figures.elements(salah)

# %% [markdown]
# IKM-nya tetap {{salah.rounded}}, jadi tidak ada yang curiga. Namun, sarana kini tampak paling lemah.
#
# Bu Ratna akan membeli kursi, sedangkan pengaduan tetap tidak ditangani. Cocokkan kolom dengan bunyi pertanyaannya. `responses.read` bekerja dengan cara itu.
#
# ### Kosong dihitung nol
#
# Sejumlah cetakan laporan membagi jumlah nilai dengan *jumlah kuesioner yang terisi*. Orang yang mengosongkan satu unsur ikut menjadi pembagi.
#
# Akibatnya, jawaban kosong dihitung 0, padahal skalanya mulai dari 1.

# %%
jumlah = int(jawaban["U8"].sum())
menjawab = int(jawaban["U8"].count())
semua = len(jawaban)

round(jumlah / menjawab, 2), round(jumlah / semua, 2)

# %% [markdown]
# NRR pengaduan turun dari {{jumlah / menjawab}} menjadi {{jumlah / semua}}. Sebanyak {{semua - menjawab}} orang tidak menjawab, tetapi dihitung memberi nilai di bawah yang terburuk.
#
# Di Excel, pakailah `AVERAGE`: sel kosong dilewati. `SUM` dibagi jumlah responden tidak melewatinya.

# %% kind="fact"
assert hasil.mutu == hasil_111.mutu == "B" and hasil_011.mutu == "C"
assert hasil_delapan.ikm < hasil.ikm < skm.score(jawaban.drop(columns="U8")).ikm
assert skm.score(lima_orang).interval.low < hasil.interval.low
assert skm.score(lima_orang).interval.high > hasil.interval.high
assert aturan.grade(76.605).mutu == "B" and aturan.grade(88.305).mutu == "A"
assert salah.ikm == hasil.ikm and min(salah.unsur, key=lambda unsur: unsur.nrr).kode == "U9"
assert len(jawaban) == hasil.n == 300

# %% [markdown]
# ## Bawa ke kantor
#
# **Satu hal untuk besok (15 menit):** buka laporan SKM terakhir kantor Anda. Salin tabel ini ke kertas atau Word, lalu isi.
#
# | Pertanyaan | Jawaban kantor saya |
# |---|---|
# | Berapa unsur yang ditanyakan? Skala jawabannya 1–4? | |
# | Bobot apa yang dipakai: 1/9, 0,111, atau 0,11? | |
# | Kolom mana yang berisi pengaduan, mana sarana? | |
# | Bagaimana jawaban kosong dihitung? | |
# | Apa dua unsur terlemah, dan siapa penanggung jawabnya? | |
# | Unsur mana yang mengukur keluhan yang Anda tulis di awal? Berapa NRR-nya? | |
# | Siapa yang tidak terjangkau survei, misalnya penyandang disabilitas atau warga yang jauh? | |
# | Di mana warga dapat membaca hasilnya dan tindak lanjutnya? | |
#
# Punya berkas jawabannya di Excel? Periksa IKM-nya dengan dua rumus. Contoh untuk 300 responden, unsur di kolom B sampai J:
#
# - NRR, di bawah setiap kolom: `=AVERAGE(B2:B301)`
# - IKM, dari kesembilan NRR: `=AVERAGE(B302:J302)*25`
#
# Sel kosong harus benar-benar kosong, bukan 0. Sel berisi teks harus diubah dulu menjadi angka.
#
# Ingin selang kepercayaan dan laporan lengkap? Unggah berkas itu lewat **penilaian mandiri** di halaman depan.

# %% [markdown]
# ## Ringkasan satu halaman
#
# 1. **NRR** unsur = jumlah nilai jawaban ÷ banyaknya yang menjawab. Kosong bukan nol.
# 2. **Bobot** = 1 ÷ banyaknya unsur yang ditanyakan. Sembilan unsur: 1/9, bukan 0,11.
# 3. **IKM** = jumlah (NRR × bobot) × 25, antara 25 dan 100.
# 4. **Bulatkan dulu** ke dua desimal, baru cari mutu pelayanannya.
# 5. **Cocokkan kolom** dengan bunyi pertanyaan, terutama pengaduan dan sarana.
# 6. **Laporkan** jumlah responden, unsur yang dihitung, bobot, selang kepercayaan, dan dua unsur terlemah.
# 7. **Sampaikan** hasil dan tindak lanjutnya kepada warga.
#
# ### Sumber
#
# - Permenpan RB 14/2017 tentang Pedoman Penyusunan SKM: unsur, rumus, mutu pelayanan, dan kinerja.
# - UU 24/2013 tentang Administrasi Kependudukan, Pasal 79A: dokumen kependudukan tidak dipungut biaya.
# - Jebakan: cetakan laporan dan kode sumber aplikasi SKM yang terbuka untuk umum, dibaca November 2026.
# - Data: sintetis, dari `data/make.py` modul ini, lisensi CC0.
# - Selang kepercayaan: linearisasi Taylor atas responden, sebaran t, 95%.
#
# ### Daftar istilah
#
# | Istilah | Arti |
# |---|---|
# | SKM | Survei Kepuasan Masyarakat |
# | IKM | Indeks Kepuasan Masyarakat, 25–100 |
# | unsur | satu segi pelayanan yang dinilai |
# | NRR | nilai rata-rata satu unsur, 1–4 |
# | bobot | bagian satu unsur dalam indeks, 1 ÷ banyaknya unsur |
# | NRR tertimbang | NRR × bobot |
# | jawaban | tabel: responden di baris, unsur di kolom |
# | mutu pelayanan | tingkat IKM: A, B, C, atau D |
# | kinerja | sebutan bagi setiap mutu, misalnya «baik» untuk B |
# | selang kepercayaan | kisaran yang wajar bagi IKM seandainya semua pengguna ditanya |
# | responden | orang yang menjawab survei |
# | data sintetis | data buatan program, bukan data nyata |
#
# Lanjutkan dengan latihan modul ini: buka folder `latihan` di daftar berkas, lalu `skm.ipynb`.
