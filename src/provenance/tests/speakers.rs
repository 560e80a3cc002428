//! Sentences as Indonesian and English news write them, and whom a careful reader takes as the
//! speaker of what is quoted, or stated, in them. Nobody where only a pronoun stands for somebody.

use crate::provenance::speaker::{of_quotation, of_statement};
use crate::span::ByteSpan;
use crate::text::{Passage, PassageKind, paragraph, passage, tokenize::tokenize};

/// A paragraph in which "Q" is the beginning of what is asked about, and the speaker.
type Case = (&'static str, Option<&'static str>);

const QUOTATIONS: &[Case] = &[
    // Behind the quotation.
    ("“Qami akan bertemu lagi pekan depan,” kata Blinken.", Some("Blinken")),
    (
        "\"Qami siap membantu,\" ujar Retno Marsudi kepada wartawan di Jakarta, Senin.",
        Some("Retno Marsudi"),
    ),
    (
        "“Qembatan itu aman dilalui,” tutur Kepala Dinas Perhubungan Kota Sagara saat ditemui di kantornya, Rabu (12/1/2022).",
        Some("Kepala Dinas Perhubungan Kota Sagara"),
    ),
    ("“Qami akan bertemu lagi,” kata Menteri Luar Negeri Antony Blinken.", Some("Antony Blinken")),
    (
        "“Qami akan bertemu lagi,” kata Menteri Luar Negeri Rusia Sergei Lavrov di Moskwa.",
        Some("Sergei Lavrov"),
    ),
    ("“Qerja sama ini penting,” ucap Presiden Joko Widodo dalam sambutannya.", Some("Joko Widodo")),
    (
        "“Qanggaran cukup,” jelas Menteri Keuangan Sri Mulyani Indrawati, Selasa.",
        Some("Sri Mulyani Indrawati"),
    ),
    (
        "“Qita harus bekerja sama,” kata Sekretaris Jenderal PBB António Guterres, dikutip dari AFP.",
        Some("António Guterres"),
    ),
    (
        "“Qujan akan turun,” kata Dwikorita Karnawati, Kepala BMKG, dalam keterangan tertulis.",
        Some("Dwikorita Karnawati"),
    ),
    (
        "“Qujan akan turun,” kata Kepala BMKG, Dwikorita Karnawati, dalam keterangan tertulis.",
        Some("Dwikorita Karnawati"),
    ),
    ("“Qujan akan turun”, begitu kata Dwikorita Karnawati.", Some("Dwikorita Karnawati")),
    ("“Qami mencermatinya,” tulis Zakharova di Telegram.", Some("Zakharova")),
    ("“Qujan akan turun,” demikian pernyataan resmi BMKG.", Some("BMKG")),
    ("“Qujan akan turun,” Dwikorita menambahkan.", Some("Dwikorita")),
    ("“Qami tidak tidur semalaman.” kata seorang warga Muara Wangi.", Some("warga Muara Wangi")),
    ("“Qerja sama ini penting,” tegas Retno, seperti dilansir Antara.", Some("Retno")),
    ("“Qerja sama ini penting,” ungkapnya.", None),
    ("Retno tiba pukul 09.15 WIB. “Qerja sama ini penting,” imbuh dia.", None),
    // Before it.
    ("Sri Mulyani mengatakan, \"Qanggaran cukup untuk tahun ini.\"", Some("Sri Mulyani")),
    ("Menurut Guterres, “Qita harus bekerja sama”.", Some("Guterres")),
    ("Blinken, menteri luar negeri AS, mengatakan, “Qami akan bertemu lagi.”", Some("Blinken")),
    (
        "Saat ditemui di kantornya, Kepala Dinas Kesehatan Sagara menjelaskan, “Qaksin tersedia.”",
        Some("Kepala Dinas Kesehatan Sagara"),
    ),
    ("Kepada wartawan, Retno menuturkan, “Qerja sama ini penting.”", Some("Retno")),
    ("Lavrov lantas berkata: “Qami akan bertemu lagi.”", Some("Lavrov")),
    ("Lavrov melalui juru bicaranya menyampaikan, “Qami akan bertemu lagi.”", Some("Lavrov")),
    (
        "Sementara itu, menurut Kepala BMKG Dwikorita Karnawati, “Qujan akan turun.”",
        Some("Dwikorita Karnawati"),
    ),
    (
        "Retno Marsudi saat ditemui di Jakarta, Senin (10/1/2022), mengatakan, “Qerja sama ini penting.”",
        Some("Retno Marsudi"),
    ),
    ("Ia mengatakan kepada Retno, “Qerja sama ini penting.”", None),
    // Around it, or in the sentence beside it.
    (
        "“Kami siap,” kata Retno kepada wartawan di Jakarta, Senin (10/1/2022) pukul 09.15 WIB. “Qerja sama ini penting.”",
        Some("Retno"),
    ),
    ("“Qerja sama ini penting,” kata Retno, “dan akan diteruskan.”", Some("Retno")),
    ("Retno mengatakan pertemuan itu lancar. “Qerja sama ini penting.”", Some("Retno")),
    (
        "Hal itu disampaikan Dwikorita Karnawati di Jakarta, Senin. “Qujan akan turun hingga besok.”",
        Some("Dwikorita Karnawati"),
    ),
    (
        "“Qujan akan turun hingga besok.” Demikian disampaikan Kepala BMKG Dwikorita Karnawati.",
        Some("Dwikorita Karnawati"),
    ),
    ("Hal senada diungkapkan Ketua RT setempat. “Qami tidak tidur semalaman.”", Some("Ketua RT")),
    ("Dia mengatakan pertemuan itu lancar. “Qerja sama ini penting.”", None),
    ("Retno tiba di Moskwa. Kota itu bersalju. “Qerja sama ini penting.”", None),
    ("Spanduk bertuliskan “Qembalikan Udang Kami” terbentang di jembatan.", None),
    // English.
    ("“Qe will meet again,” said Blinken.", Some("Blinken")),
    ("“Qe will meet again,” Blinken told reporters in Kyiv.", Some("Blinken")),
    ("“Qe must work together,” Guterres told the Security Council on Monday.", Some("Guterres")),
    (
        "“Qe will meet again,” said Ursula von der Leyen, the European Commission president.",
        Some("Ursula von der Leyen"),
    ),
    (
        "“Qe will meet again,” European Commission President Ursula von der Leyen said.",
        Some("Ursula von der Leyen"),
    ),
    (
        "“Qe will meet again,” Russian Foreign Minister Sergei Lavrov said in Moscow.",
        Some("Sergei Lavrov"),
    ),
    ("“Qe will meet again,” NATO chief Jens Stoltenberg said.", Some("Jens Stoltenberg")),
    (
        "“Qaccines are available,” said Tedros Adhanom Ghebreyesus, director-general of the World Health Organization, on Monday.",
        Some("Tedros Adhanom Ghebreyesus"),
    ),
    ("“Qhe road is open,” the ministry said in a statement.", Some("ministry")),
    (
        "“Qhe road is open,” said a spokesperson for the ministry.",
        Some("spokesperson for the ministry"),
    ),
    (
        "“Qates are unchanged,” Lagarde told a news conference in Frankfurt. “They may stay so.”",
        Some("Lagarde"),
    ),
    (
        "“Rates are unchanged,” Lagarde told a news conference in Frankfurt. “Qhey may stay so.”",
        Some("Lagarde"),
    ),
    ("Blinken, the US secretary of state, said: “Qe will meet again.”", Some("Blinken")),
    ("According to Stoltenberg, “Qe will meet again”.", Some("Stoltenberg")),
    ("Asked about the talks, Lavrov replied: “Qe will meet again.”", Some("Lavrov")),
    ("Speaking in Brussels, Josep Borrell said: “Qe will meet again.”", Some("Josep Borrell")),
    ("Yellen said in an interview with Reuters that “Qates may stay”.", Some("Yellen")),
    ("Stoltenberg said the talks went well. “Qe will meet again.”", Some("Stoltenberg")),
    ("“Qe will meet again,” she said in a statement.", None),
    ("He told Blinken: “Qe will meet again.”", None),
    ("A banner reading “Qring back our shrimp” hung from the bridge.", None),
    (
        "“Qe will meet again.” The statement was made by Jens Stoltenberg in Brussels.",
        Some("Jens Stoltenberg"),
    ),
    // Written after the rules, to see how they do on what they were not made for.
    (
        "“Qami mencatat kemajuan yang baik,” kata Kepala Bappeda Kota Sagara ketika dihubungi, Kamis.",
        Some("Kepala Bappeda Kota Sagara"),
    ),
    (
        "“Qami mencatat kemajuan yang baik,” kata Presiden Prancis Emmanuel Macron.",
        Some("Emmanuel Macron"),
    ),
    (
        "“Qami mencatat kemajuan yang baik,” papar Sri Mulyani saat konferensi pers virtual.",
        Some("Sri Mulyani"),
    ),
    (
        "Juru bicara Kementerian Kesehatan, saat dikonfirmasi, menyebut, “Qami mencatat kemajuan yang baik.”",
        Some("Juru bicara Kementerian Kesehatan"),
    ),
    (
        "“Qami mencatat kemajuan yang baik,” kata Perdana Menteri Jepang Fumio Kishida seperti dikutip Kyodo.",
        Some("Fumio Kishida"),
    ),
    (
        "Dalam kesempatan yang sama, Retno Marsudi menegaskan, “Qami mencatat kemajuan yang baik.”",
        Some("Retno Marsudi"),
    ),
    ("“Qami mencatat kemajuan yang baik,” ujar dia. Retno kemudian pergi.", None),
    ("“Qami mencatat kemajuan yang baik,” demikian Retno.", Some("Retno")),
    (
        "“Qhere is good progress in the talks,” Macron told a joint news conference with Draghi.",
        Some("Macron"),
    ),
    (
        "“Qhere is good progress in the talks,” said German Chancellor Olaf Scholz.",
        Some("Olaf Scholz"),
    ),
    (
        "“Qhere is good progress in the talks,” Kremlin spokesman Dmitry Peskov said on Friday.",
        Some("Dmitry Peskov"),
    ),
    (
        "“Qhere is good progress in the talks,” the head of the harbour office in Sagara said.",
        Some("head of the harbour office in Sagara"),
    ),
    ("Peskov, asked about the talks, said: “Qhere is good progress in the talks.”", Some("Peskov")),
    (
        "“Qhere is good progress in the talks,” a senior official told Reuters.",
        Some("senior official"),
    ),
    (
        "In a tweet, Ursula von der Leyen wrote: “Qhere is good progress in the talks.”",
        Some("Ursula von der Leyen"),
    ),
    // Roles without a name.
    (
        "“Qe have four ships,” the head of the Sagara search and rescue office told AFP.",
        Some("head of the Sagara search and rescue office"),
    ),
    (
        "“Qy legs were wood by the end,” the winner of the deciding match said.",
        Some("winner of the deciding match"),
    ),
    ("“Q held on to a jerry can,” one survivor said.", Some("one survivor")),
    (
        "“Q held on to a jerry can,” a woman pulled from the sea told reporters.",
        Some("woman pulled from the sea"),
    ),
    ("“Qe are cautious,” said an analyst at Sekuritas Muara.", Some("analyst at Sekuritas Muara")),
    ("“Qe are cautious,” said the analyst on Monday.", Some("analyst")),
    ("“Qami lari ke bukit,” kata seorang pengungsi sambil menangis.", Some("pengungsi")),
    (
        "“Qami lari ke bukit,” tutur salah seorang pengungsi asal Lawar.",
        Some("salah seorang pengungsi asal Lawar"),
    ),
    ("“Qbatnya habis,” ujar dokter jaga rumah sakit itu, Senin.", Some("dokter jaga rumah sakit")),
    ("“Qbatnya habis,” ujar dokter jaga kepada wartawan.", Some("dokter jaga")),
    (
        "“Qbatnya habis,” kata epidemiolog Universitas Negeri Marasa.",
        Some("epidemiolog Universitas Negeri Marasa"),
    ),
    ("“Qbatnya habis,” ujar pria itu.", None),
    ("“Qbatnya habis,” ujarnya lirih.", None),
    ("“Qbatnya habis,” kata lagi.", None),
    ("“Qe ran uphill,” said a trader who lost his stall.", Some("trader")),
    ("“Qe ran uphill,” an evacuee said.", Some("evacuee")),
    ("“Qe ran uphill,” said the volcanologist on duty.", Some("volcanologist")),
    (
        "Epidemiolog Universitas Negeri Marasa mengingatkan soal data. “Qaksin itu baik,” katanya.",
        Some("Epidemiolog Universitas Negeri Marasa"),
    ),
    ("Ia mengingatkan soal data. “Qaksin itu baik,” katanya.", None),
    ("Retno menegaskan sikapnya. Hujan turun. “Qaksin itu baik,” katanya.", None),
    (
        "Kuasa hukum terdakwa membantah lewat telepon. “Qlien kami menolak,” kata kuasa hukum itu.",
        Some("Kuasa hukum terdakwa"),
    ),
    ("“Qe agree,” the (acting) Prime Minister said.", None),
    (
        "“Kuasa hukum Budi Santoso pergi.” “Qami menolak,” kata kuasa hukum itu.",
        Some("kuasa hukum"),
    ),
    ("“Q am tired,” he said after the match.", None),
    ("“Qami lelah,” kata kuasa hukum terdakwa singkat.", Some("kuasa hukum terdakwa")),
    (
        "“Qami lelah,” kata seorang penumpang perempuan asal Sagara.",
        Some("penumpang perempuan asal Sagara"),
    ),
];

/// Who goes on speaking, and whom a pronoun may mean that nobody can tell.
const PRONOUNS: &[Case] = &[
    (
        "“Kami menunggu hasil audit,” kata Ketua Ombudsman di Jakarta, Rabu.\n“Qaporan itu belum lengkap,” imbuhnya.",
        Some("Ketua Ombudsman"),
    ),
    (
        "“Kami menunggu hasil audit,” kata Ketua Ombudsman.\nMenurut dia, laporan Qeuangan itu belum lengkap sejak tahun lalu.",
        Some("Ketua Ombudsman"),
    ),
    (
        "Bupati Serawang mengatakan jalan itu rusak. Ia lalu menunjukkan petanya.\nIa menambahkan, dana Qerbaikan baru cair pada bulan Juni.",
        Some("Bupati Serawang"),
    ),
    (
        "“Kami tunggu,” kata Bupati Serawang.\nBaca juga: Harga Cabai Naik Lagi\n“Qana itu baru cair pada Juni,” katanya menambahkan.",
        Some("Bupati Serawang"),
    ),
    (
        "“Kami tunggu,” kata Bupati Serawang.\n“Jalan itu rusak berat.”\n“Qana itu baru cair pada Juni,” ujar dia.",
        Some("Bupati Serawang"),
    ),
    (
        "“The bridge is safe,” the mayor of Sagara said on Monday.\n“Qe will reopen it next week,” he added.",
        Some("mayor of Sagara"),
    ),
    (
        "“Rates are unchanged,” said Lagarde.\nShe said that the Qank would wait for new data in March.",
        Some("Lagarde"),
    ),
    (
        "“Rates are unchanged,” Lagarde told reporters. She had a cold.\nThe Qank would wait for new data in March, she said.",
        Some("Lagarde"),
    ),
    (
        "According to the head coach, the pitch was wet. “Qe could not pass,” he said.",
        Some("head coach"),
    ),
    (
        "“Kami tunggu,” kata Bupati Serawang.\nKepala Desa Larahan mengaku lega. “Air keruh sejak lama,\nIa menyebut dana Qerbaikan baru cair pada bulan Juni.",
        Some("Kepala Desa Larahan"),
    ),
    // Somebody else may be meant.
    (
        "“Kami tunggu,” kata Bupati Serawang.\nWakilnya duduk di sebelahnya sepanjang rapat.\n“Qana itu baru cair pada Juni,” katanya.",
        None,
    ),
    ("Bupati Serawang tiba pukul sembilan.\n“Qana itu baru cair pada Juni,” katanya.", None),
    ("“Kami tunggu,” tulis Kementerian Kesehatan.\n“Qana itu baru cair pada Juni,” katanya.", None),
    ("“We wait,” the mayor of Sagara said.\n“Qe will reopen it next week,” they said.", None),
    ("“We wait,” the ministry said.\n“Qe will reopen it next week,” he said.", None),
    ("“Kami tunggu,” kata Bupati Serawang.\n“Qana itu baru cair pada Juni,” kata pria itu.", None),
    (
        "“Kami tunggu,” kata Bupati Serawang.\nJalan itu rusak sejak banjir tahun lalu.\nMenurut dia, dana Qerbaikan baru cair pada bulan Juni.",
        None,
    ),
    ("“Kami tunggu,” kata para sopir.\n“Qana itu baru cair pada Juni,” ujarnya.", None),
];

/// Attributions that end a sentence, and roles that are only said where they are held.
const ROLES: &[Case] = &[
    ("He plans to turn professional next year, the club said.", Some("club")),
    ("All flights were cancelled until noon, the airline said on Monday.", Some("airline")),
    ("The patients were moved to a school, the hospital said in a statement.", Some("hospital")),
    ("Two thousand homes have no power, a utility spokesman said.", Some("utility spokesman")),
    ("The tower had not been inspected since 2011, the union said.", Some("union")),
    ("In the end, the plan said nothing about the harbour.", None),
    (
        "“Qe are cautious,” said the chief economist of a brokerage in Singapore.",
        Some("chief economist of a brokerage in Singapore"),
    ),
    (
        "“Qe are cautious,” said the owner of a shop in Marasa on Monday.",
        Some("owner of a shop in Marasa"),
    ),
    (
        "“Qami berhati-hati,” kata direktur sebuah bank di Singapura, Kamis.",
        Some("direktur sebuah bank di Singapura"),
    ),
    (
        "“Qami berhati-hati,” ujar kepala sebuah sekolah di Marasa.",
        Some("kepala sebuah sekolah di Marasa"),
    ),
    ("“Qe are cautious,” said the mayor in Singapore.", Some("mayor")),
    ("“Qami berhati-hati,” kata wali kota di Singapura.", Some("wali kota")),
    ("The operator apologised to the public and said it would not run away.", Some("operator")),
    ("Curah hujan 214 milimeter, menurut stasiun cuaca setempat.", Some("stasiun cuaca setempat")),
    ("Penerbangan dibatalkan sampai siang, menurut maskapai itu.", Some("maskapai")),
    ("Beritanya disiarkan pukul sembilan pagi waktu setempat.", None),
];

/// What stands before a colon.
const COLONS: &[Case] = &[
    ("Gunung Lawar Berstatus Awas, Kepala BNPB: Pengungsi Butuh Masker", Some("Kepala BNPB")),
    ("Persikel Ditahan Imbang, Pelatih: Kami Seperti Anak Sekolah", Some("Pelatih")),
    ("Harga Beras Naik Lagi, Menteri Perdagangan: Stok Masih Cukup", Some("Menteri Perdagangan")),
    ("Toll Road Work Halted, Governor: Nobody Is Above the Law", Some("Governor")),
    ("Juara Bertahan Marasa: Kami Tidak Pernah Takut Kalah", Some("Juara Bertahan Marasa")),
    ("Marasa Champion: We Never Feared to Lose", Some("Marasa Champion")),
    (
        "Jaring Anggaran Pesisir: Jaksa Harus Usut Rekanan\n“Usut,” kata koordinator Jaring Anggaran Pesisir.",
        Some("Jaring Anggaran Pesisir"),
    ),
    (
        "Mereka mengingat janji presiden bank kala itu, Mario Draghi: “Qami siap melakukan apa pun.”",
        Some("Mario Draghi"),
    ),
    (
        "The line is from the bank's president, Mario Draghi: “Qe will do whatever it takes.”",
        Some("Mario Draghi"),
    ),
    ("Hasil Persikel Vs Garuda Marasa: Unggul Dua Gol, Tuan Rumah Ditahan", None),
    ("Jadwal Kapal Hari Ini, Jumat: Empat Kali Berangkat dari Marasa", None),
    ("Kronologi Runtuhnya Pilar Tol: Dua Pekerja Luka Ringan", None),
    ("Banjir Marasa, Data Sementara: Tiga Kecamatan Terendam Air", None),
];

/// Headlines in Title Case.
const HEADLINES: &[Case] = &[
    ("Two Killed in Toll Road Collapse, Police Say", Some("Police")),
    ("Nobody Is Above the Law, Governor Vows After Collapse", Some("Governor")),
    ("Rates To Stay Unchanged, Central Bank Governor Says", Some("Central Bank Governor")),
    ("No Shortage of Vaccines, Health Ministry Insists", Some("Health Ministry")),
    ("Talks Went Well – Kremlin Spokesman Warns", Some("Kremlin Spokesman")),
    ("Jalan Tol Itu Aman, Kata Gubernur", Some("Gubernur")),
    ("Pasokan Beras Cukup Sampai Juni, Ujar Menteri Perdagangan", Some("Menteri Perdagangan")),
    ("Police, Army Told To Leave the Harbour", None),
    ("Old Bridge, New Claims", None),
    ("In Blow to Tourism, Rain Says Goodbye", None),
    ("Belajar Baca, Tulis, Hitung di Pulau Terluar", None),
    ("Harga Naik, Klaim Asuransi Turun", None),
    ("Governor Visits Villages, Officers Follow", None),
];

const STATEMENTS: &[Case] = &[
    ("Kuasa hukum terdakwa memastikan banding diajukan pekan depan.", Some("Kuasa hukum terdakwa")),
    ("Seorang warga mengatakan air naik sejak subuh.", Some("warga")),
    ("Para sopir menyebut antrean mengular sejak pagi.", Some("Para sopir")),
    ("The winner said his legs had turned to wood.", Some("winner")),
    (
        "A woman pulled from the sea told reporters that she had held on to a can.",
        Some("woman pulled from the sea"),
    ),
    ("The emergency was declared on Monday.", None),
    ("The operator apologised to the public and said it would not run.", Some("operator")),
    ("Residents said the water rose at dawn.", Some("Residents")),
    ("Seorang pengungsi mengatakan abu turun sejak subuh.", Some("pengungsi")),
    ("Manajemen rumah sakit menyatakan stok obat aman.", Some("Manajemen rumah sakit")),
    ("Pihak rumah sakit mengaku kehabisan obat.", Some("Pihak rumah sakit")),
    (
        "Epidemiolog Universitas Negeri Marasa menilai gelombang sudah lewat.",
        Some("Epidemiolog Universitas Negeri Marasa"),
    ),
    ("Menurut seorang pengungsi, abu turun sejak subuh.", Some("pengungsi")),
    ("Menurut rencana, jembatan dibuka pekan depan.", None),
    ("Penasihat hukum terdakwa menilai putusan itu keliru.", Some("Penasihat hukum terdakwa")),
    (
        "Lembaga Bantuan Hukum Marasa mendesak polisi membuka berkas.",
        Some("Lembaga Bantuan Hukum Marasa"),
    ),
    ("The appeals court upheld the verdict, its spokesperson said.", Some("spokesperson")),
    ("A hospital official said the stock was safe.", Some("hospital official")),
    ("Ketua panitia pelaksana meminta maaf atas padamnya lampu.", Some("Ketua panitia pelaksana")),
    ("Majelis juga memerintahkan agar barang bukti dikembalikan.", Some("Majelis")),
    ("Sekadar mengingatkan, suku bunga acuan naik pada Juni.", None),
    ("Data itu menyebut jembatan itu aman.", None),
    (
        "Direktur Jenderal Distribusi Bahan Bakar yang duduk di sebelahnya meminta pengendara tidak panik.",
        Some("Direktur Jenderal Distribusi Bahan Bakar"),
    ),
    (
        "Direktur Jenderal Distribusi Bahan Bakar yang duduk di sebelahnya mengatakan stok aman.",
        Some("Direktur Jenderal Distribusi Bahan Bakar"),
    ),
    ("Menurut Retno, pertemuan berikutnya digelar pekan depan.", Some("Retno")),
    ("Pertemuan berikutnya digelar pekan depan, menurut Guterres.", Some("Guterres")),
    ("Blinken, menteri luar negeri AS, mengatakan pertemuan digelar pekan depan.", Some("Blinken")),
    (
        "Hal itu dikatakan Kepala BMKG Dwikorita Karnawati dalam keterangan tertulis.",
        Some("Dwikorita Karnawati"),
    ),
    (
        "Demikian disampaikan juru bicara Kementerian Luar Negeri, Senin.",
        Some("juru bicara Kementerian Luar Negeri"),
    ),
    (
        "Kepala Dinas Pekerjaan Umum mengatakan perbaikan memakan waktu dua pekan.",
        Some("Kepala Dinas Pekerjaan Umum"),
    ),
    ("Wali Kota Sagara pada Kamis menyebut jembatan itu aman.", Some("Wali Kota Sagara")),
    ("BMKG menyatakan gempa tersebut tidak berpotensi tsunami.", Some("BMKG")),
    ("Jembatan itu aman, ujar Wali Kota Sagara.", Some("Wali Kota Sagara")),
    ("Ia menyebut jembatan itu aman.", None),
    ("Warga mengungsi setelah air naik.", None),
    ("Guterres said the world must work together.", Some("Guterres")),
    ("Lavrov told reporters on Monday that talks would go on.", Some("Lavrov")),
    ("The ministry said in a statement that the road was open.", Some("ministry")),
    ("The road is open, the mayor of Sagara said.", Some("mayor of Sagara")),
    ("The road is open, according to the public works office.", Some("public works office")),
    ("Rates may stay, Treasury Secretary Janet Yellen said on Friday.", Some("Janet Yellen")),
    ("It was hard, she said.", None),
    ("The rain stopped on Friday.", None),
];

/// The speaker found for the passage that holds the "Q", or for the first one. A quotation too
/// short for a passage is asked about in its paragraph.
fn found(text: &str) -> Option<String> {
    let paragraphs = paragraph::split(text);
    let passages = passage::find(text, &tokenize(text), &paragraphs);
    let at = text.find(['“', '"']).map_or(0, |_| text.find('Q').unwrap_or(0));
    let holds = |p: &&Passage| (p.span.start..p.span.end).contains(&(at as u32));
    let speaker = match passages.iter().find(holds) {
        None => {
            let len = text[at..].find(['”', '"']).expect("a closing mark");
            of_quotation(text, ByteSpan::new(at, at + len), paragraphs[0].span, &paragraphs[..1])
        }
        Some(p) if p.kind == PassageKind::Quotation => {
            of_quotation(text, p.span, p.sentence, &paragraphs[..=p.paragraph as usize])
        }
        Some(p) => of_statement(text, p.sentence, &paragraphs[..=p.paragraph as usize]),
    };
    speaker.map(|speaker| speaker.name)
}

fn check(cases: &[Case]) {
    let mut failed = Vec::new();
    for (text, expect) in cases {
        let found = found(text);
        if found.as_deref() != *expect {
            failed.push(format!("{text:?}: {expect:?}, not {found:?}"));
        }
    }
    let n = cases.len();
    assert!(failed.is_empty(), "{} of {n} right\n{}", n - failed.len(), failed.join("\n"));
}

#[test]
fn speakers_of_quotations() {
    check(QUOTATIONS);
}

#[test]
fn speakers_of_statements() {
    check(STATEMENTS);
}

#[test]
fn pronouns_of_who_spoke_right_before() {
    check(PRONOUNS);
}

#[test]
fn roles_that_close_a_sentence_or_have_a_place() {
    check(ROLES);
}

#[test]
fn who_speaks_behind_a_colon() {
    check(COLONS);
}

#[test]
fn who_speaks_in_a_headline() {
    check(HEADLINES);
}
