//! Which small words, names and stock phrases do texts of a language have, and what are its words?

/// A language that passages are made up in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// Indonesian.
    Indonesian,
    /// English.
    English,
}

/// What a content word can be in a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// A noun.
    Noun,
    /// A verb: in English in the past tense, in Indonesian with its prefix.
    Verb,
    /// An adjective.
    Adjective,
}

impl Class {
    /// All of them.
    pub const ALL: [Class; 3] = [Class::Noun, Class::Verb, Class::Adjective];
}

/// Parts of words that have no place among words drawn at random: coarse ones, and those of faith.
const UNFIT: &[&str] = &[
    "fuck", "shit", "bitch", "porn", "whore", "slut", "rape", "nazi", "allah", "islam", "muslim",
    "rasul", "nabi", "muhammad", "quran", "tuhan", "yesus", "kristen", "jesus", "christ", "jew",
    "yahudi",
];

impl Language {
    /// ISO 639-1.
    pub fn code(self) -> &'static str {
        match self {
            Language::Indonesian => "id",
            Language::English => "en",
        }
    }

    /// The small words and phrases of the language, each kind in the order of how common it is.
    pub fn frame(self) -> &'static Frame {
        match self {
            Language::Indonesian => &INDONESIAN,
            Language::English => &ENGLISH,
        }
    }

    /// The class of a word by its form; `None` for what is no content word. Where the form does not
    /// tell, `bits` decide, of which a word has always the same.
    pub fn class(self, word: &str, bits: u64) -> Option<Class> {
        let is_content = 4 <= word.len() && word.bytes().all(|b| b.is_ascii_lowercase());
        let is_unfit = UNFIT.iter().any(|part| word.contains(part));
        if !is_content || is_unfit || self.frame().is_small(word) {
            return None;
        }
        let has = |ends: &[&str]| ends.iter().any(|end| word.ends_with(end));
        let begins = |starts: &[&str]| starts.iter().any(|start| word.starts_with(start));
        match self {
            // Adverbs and participles have no place in these sentences.
            Language::English if has(&["ly", "ing"]) => None,
            Language::English if has(&["ed"]) => Some(Class::Verb),
            Language::English if has(&["ous", "ful", "ive", "ical", "able", "less", "ish"]) => {
                Some(Class::Adjective)
            }
            Language::Indonesian if begins(&["mem", "men", "meng", "ber"]) && 6 <= word.len() => {
                Some(Class::Verb)
            }
            Language::Indonesian if begins(&["di", "ter", "me"]) => None,
            _ if bits.is_multiple_of(4) => Some(Class::Adjective),
            _ => Some(Class::Noun),
        }
    }
}

/// What stands between the content words.
#[derive(Debug)]
pub struct Frame {
    /// Before a noun.
    pub determiners: &'static str,
    /// After a noun, where the language has such.
    pub demonstratives: &'static str,
    /// Before a verb.
    pub auxiliaries: &'static str,
    /// Between a noun and what it is of; none where nothing stands there.
    pub of: &'static str,
    /// Before a noun phrase that says where, when or how.
    pub prepositions: &'static str,
    /// Between two clauses.
    pub links: &'static str,
    /// Between a quotation and its speaker.
    pub said: &'static str,
    /// Before the verb of a passive clause; none where the verb itself tells.
    pub passive: &'static str,
    /// Before who does it.
    pub by: &'static str,
    /// Units of numbers.
    pub units: &'static str,
    /// Other small words, which these sentences have no place for.
    pub others: &'static str,
    /// Names of people: the first, and the last.
    pub names: [&'static str; 2],
    /// Names of places.
    pub places: &'static str,
    /// What texts of any matter have in common, in lines.
    pub phrases: &'static str,
    /// Small words and those that may stand in their place, in pairs.
    pub alternates: &'static [(&'static str, &'static str)],
}

impl Frame {
    fn is_small(&self, word: &str) -> bool {
        let lists = [
            self.determiners,
            self.demonstratives,
            self.auxiliaries,
            self.prepositions,
            self.links,
            self.said,
            self.others,
        ];
        lists.iter().any(|list| list.split_whitespace().any(|other| other == word))
    }
}

const ENGLISH: Frame = Frame {
    determiners: "the the the the the a a a this its their some these every another such",
    demonstratives: "",
    auxiliaries: "has had have also often soon then never already",
    of: "of",
    prepositions: "in of to for with on from at by after into about under between through during \
                   against without before within across since among until behind",
    links: "and and but which while because although when so where that if though whereas after",
    said: "said",
    passive: "was",
    by: "by",
    others: "were will would could should shall might must been being there here they them those each other \
             others what whether whose your yours ours mine hers himself herself itself themselves three four \
             five seven eight nine does doesn don didn wasn isn aren hadn just like than very even much many \
             more most only upon still ever always maybe perhaps please yeah okay gonna whatever everything \
             something anything nothing someone anyone everyone both either neither cannot ourselves with \
             well away down back again once twice thus hence instead rather quite almost enough however \
             though unless despite along toward towards onto around above below",
    units: "percent people years days miles dollars pages hours members cases",
    names: [
        "James Mary Robert Patricia John Linda Michael Susan David Karen William Nancy Richard Lisa \
         Joseph Sandra Thomas Ashley Charles Emily Daniel Donna Matthew Carol Anthony Ruth Mark Sharon \
         Paul Helen Andrew Laura Peter Alice George Julia Edward Anna Henry Rose",
        "Smith Johnson Brown Taylor Wilson Clark Walker Harris Lewis Young Allen Wright Scott Hill Green \
         Adams Baker Nelson Carter Mitchell Turner Parker Evans Edwards Collins Stewart Morris Murphy Cook \
         Rogers Morgan Cooper Reed Bailey Bell Kelly Howard Ward Cox Gray",
    ],
    places: "London Paris Boston Chicago Berlin Oxford Dublin Geneva Sydney Toronto Vienna Leeds Denver \
             Madrid Lisbon Cairo Kyoto Bristol Houston Seattle",
    phrases: "of course\nat the same time\non the other hand\nas a result of this\nin other words\n\
              for the first time\nat the end of the day\nin the first place\nas well as\nmore than ever before\n\
              according to the latest figures\nit is important to note that\nin the case of\nfor example\n\
              in addition to this\nas far as we know\nfrom time to time\nsince the beginning of the year\n\
              in recent years\nas soon as possible\nover the course of time\nto a certain extent\n\
              in the long run\nby the end of the year\nit goes without saying that\nin spite of this\n\
              a large number of people\nat least in part\nin the middle of the night\nwith regard to this\n\
              as mentioned above\nin the light of these facts\nthe fact that\none of the most important\n\
              for a long time\nin many parts of the world\nas can be seen\nto say the least\nby and large\n\
              at the beginning of the century",
    alternates: &[
        ("the", "this"),
        ("a", "one"),
        ("in", "within"),
        ("and", "as well as"),
        ("but", "yet"),
        ("for", "in favour of"),
        ("with", "together with"),
        ("from", "out of"),
        ("after", "following"),
        ("because", "since"),
        ("although", "even though"),
        ("while", "whereas"),
        ("about", "regarding"),
        ("during", "throughout"),
        ("some", "several"),
        ("said", "stated"),
        ("when", "as"),
        ("which", "and this"),
    ],
};

const INDONESIAN: Frame = Frame {
    determiners: "para sebuah seorang setiap beberapa banyak suatu semua seluruh berbagai",
    demonstratives: "itu ini tersebut itu ini lain baru",
    auxiliaries: "akan telah sudah dapat sedang juga harus bisa tidak masih belum pernah",
    of: "",
    prepositions: "di dari untuk dengan pada dalam ke oleh tentang kepada sebagai sejak antara bagi melalui \
                   tanpa selama hingga terhadap sampai secara menurut seperti",
    links: "dan dan yang karena sehingga tetapi namun sementara ketika jika agar sedangkan serta meskipun lalu",
    said: "kata",
    passive: "",
    by: "oleh",
    others: "adalah ialah kami kita mereka anda saya kamu kalian dirinya lebih atau hanya saat jangan tapi menjadi \
             sangat bukan sama atas selalu kembali paling tetap perlu cukup kemudian sekali bahkan begitu dulu \
             maka apakah selain sedikit yaitu yakni kenapa bagaimana dimana disini sini mana siapa berapa kapan \
             lagi pula saja punya mau ingin sebuah bahwa seolah walau apapun disana begini mungkin memang \
             seperti hampir agak kalau mengapa bila supaya biar",
    units: "persen orang tahun hari kilometer rupiah halaman jam anggota kasus",
    names: [
        "Budi Siti Agus Dewi Joko Sri Andi Rina Hendra Wati Bambang Ayu Dedi Lestari Eko Ratna Fajar Nur \
         Gunawan Indah Hadi Maya Irfan Putri Rudi Yuni Slamet Tuti Teguh Wulan Yusuf Endang Arif Lina Rizki \
         Mega Wahyu Fitri Dian Kartika",
        "Santoso Wijaya Hidayat Saputra Nugroho Kusuma Setiawan Pratama Siregar Nasution Lubis Harahap \
         Simanjuntak Situmorang Hutapea Purnama Wibowo Susanto Hartono Suryadi Rahman Maulana Firmansyah \
         Ramadhan Permana Gunadi Sutrisno Handoko Prasetyo Utomo Widodo Suharto Mulyadi Iskandar Darmawan \
         Kurniawan Syahputra Halim Tanjung Siahaan",
    ],
    places: "Jakarta Bandung Surabaya Medan Makassar Semarang Palembang Denpasar Yogyakarta Malang Padang \
             Manado Ambon Pontianak Banjarmasin Kupang Jayapura Bogor Cirebon Mataram",
    phrases: "di sisi lain\npada saat yang sama\noleh karena itu\ndengan kata lain\nuntuk pertama kalinya\n\
              pada dasarnya\nselain itu\nsebagai contoh\ndalam hal ini\nberdasarkan data yang ada\n\
              perlu diketahui bahwa\nsejak awal tahun ini\ndalam beberapa tahun terakhir\nsesegera mungkin\n\
              dari waktu ke waktu\npada akhirnya\ntidak dapat dipungkiri bahwa\nsampai batas tertentu\n\
              pada akhir tahun ini\nmeskipun demikian\nsebagian besar masyarakat\nsetidaknya untuk sementara\n\
              di tengah malam\nsehubungan dengan hal itu\nseperti yang telah disebutkan di atas\n\
              salah satu yang paling penting\nuntuk waktu yang lama\ndi berbagai belahan dunia\n\
              seperti yang dapat dilihat\nsecara umum\npada awal abad ini\nsebagai akibatnya\n\
              menurut data terbaru\nbaik di dalam maupun di luar negeri\nhal ini menunjukkan bahwa\n\
              dalam jangka panjang\nsatu demi satu\ndalam rangka itu\ntanpa terkecuali\nsebagaimana kita tahu",
    alternates: &[
        ("dan", "serta"),
        ("untuk", "guna"),
        ("karena", "sebab"),
        ("tetapi", "akan tetapi"),
        ("namun", "walau begitu"),
        ("di", "pada"),
        ("dalam", "di dalam"),
        ("para", "semua"),
        ("telah", "sudah"),
        ("sudah", "telah"),
        ("dapat", "bisa"),
        ("bisa", "mampu"),
        ("ketika", "saat"),
        ("sementara", "sedangkan"),
        ("tersebut", "itu"),
        ("itu", "tadi"),
        ("tentang", "mengenai"),
        ("kepada", "bagi"),
        ("beberapa", "sejumlah"),
        ("kata", "ujar"),
    ],
};
